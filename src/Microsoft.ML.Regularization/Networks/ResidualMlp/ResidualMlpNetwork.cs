using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// The module of <see cref="ResidualMlpArchitecture"/>. Parameters: <c>numbers.change</c> and so on, <c>categories.i.weight</c> (values, size), <c>input.weight</c> (out, in),
/// <c>blocks.i.norm.weight</c>, <c>blocks.i.hidden.linear.weight</c>, <c>blocks.i.linear.weight</c> and so on, <c>norm.weight</c>, <c>output.weight</c>.
/// </summary>
internal sealed class ResidualMlpNetwork : Network
{
    private readonly EmbeddedNumbers? _numbers;
    private readonly CategoryLayer? _categories;
    private readonly nn.Module<Tensor, Tensor> _input;
    private readonly List<ResidualBlock> _blocks = [];
    private readonly NormalizationLayer? _normalization;
    private readonly Activation _activation;
    private readonly int _inputs;
    private readonly int _width;
    private readonly nn.Module<Tensor, Tensor> _output;

    public ResidualMlpNetwork(ResidualMlpArchitecture architecture, InputLayout input, int outputs, NetworkBuilder builder)
        : base(nameof(ResidualMlpNetwork), builder)
    {
        _numbers = EmbeddedNumbers.Create(architecture.NumericalEmbedding, input, builder);
        _categories = CategoryLayer.Create(input, builder);
        (_inputs, _width) = (architecture.WidthOf(input), architecture.Width);
        _input = builder.Dense(_inputs, architecture.Width, gain: 1, rows: input);
        for (var block = 0; block < architecture.Blocks; block++)
            _blocks.Add(new ResidualBlock(architecture, block, builder));
        _normalization = Normalizations.OfRows(architecture.Normalization, architecture.Width);
        _activation = architecture.Activation;
        _output = builder.Dense(architecture.Width, outputs, gain: 1, isOutput: true);
        if (_numbers is not null)
            register_module(EmbeddedNumbers.LayerName, _numbers.Layer);
        if (_categories is not null)
            register_module("categories", _categories);
        register_module("input", _input);
        register_module("blocks", new ModuleList<ResidualBlock>([.. _blocks]));
        if (_normalization is not null)
            register_module("norm", _normalization);
        register_module("output", _output);
    }

    protected override Tensor Compute(Tensor input) =>
        Behind(_input.forward(MixAt(0, EmbeddedNumbers.Embed(_numbers, _categories is null ? input : _categories.forward(input)))));

    protected override IEnumerable<RowPass?> CreatePasses() =>
    [
        .. EmbeddedNumbers.CreatePasses(_numbers, _categories), .. MixingPass.At(0, _inputs, FindMixing), (_input as DenseLayer)?.CreatePass(),
        .. _blocks.SelectMany((block, i) => (RowPass?[])[block.CreatePass(), .. MixingPass.At(i + 1, _width, FindMixing)]),
        .. _normalization is null ? [] : (RowPass[])[_normalization.CreatePass()],
        ActivatedUnits.Pass(_activation, _width, noise: null), (_output as DenseLayer)?.CreatePass(),
    ];

    protected override Tensor Compute(SparseRows rows) => Behind(((SparseLayer)_input).Forward(rows, _categories?.Embed(rows)));

    private Tensor Behind(Tensor stream)
    {
        for (var block = 0; block < _blocks.Count; block++)
            stream = MixAt(block + 1, _blocks[block].forward(stream));
        if (_normalization is not null)
            stream = _normalization.forward(stream);
        return _output.forward(ActivationLayer.Apply(_activation, stream));
    }
}
