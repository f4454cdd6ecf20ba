using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// The module of <see cref="MlpArchitecture"/>. Parameters: <c>numbers.change</c> and so on, <c>categories.i.weight</c> (values, size), <c>hidden.i.linear.weight</c> (out, in) and so on, then
/// <c>output.weight</c>.
/// </summary>
internal sealed class MlpNetwork : Network
{
    private readonly EmbeddedNumbers? _numbers;
    private readonly CategoryLayer? _categories;
    private readonly List<HiddenLayer> _hidden = [];
    private readonly nn.Module<Tensor, Tensor> _output;
    private readonly int[] _widths;

    public MlpNetwork(MlpArchitecture architecture, InputLayout input, int outputs, NetworkBuilder builder)
        : base(nameof(MlpNetwork), builder)
    {
        _numbers = EmbeddedNumbers.Create(architecture.NumericalEmbedding, input, builder);
        if (_numbers is not null)
            register_module(EmbeddedNumbers.LayerName, _numbers.Layer);
        _categories = CategoryLayer.Create(input, builder);
        if (_categories is not null)
            register_module("categories", _categories);
        var width = architecture.WidthOf(input);
        _widths = [width, .. architecture.HiddenSizes];
        foreach (var size in architecture.HiddenSizes)
        {
            _hidden.Add(new HiddenLayer(
                width, size, architecture.Activation, architecture.Normalization, builder, _hidden.Count == 0 ? input : null));
            width = size;
        }

        _output = builder.Dense(width, outputs, gain: 1, isOutput: true, _hidden.Count == 0 ? input : null);
        register_module("hidden", new ModuleList<HiddenLayer>([.. _hidden]));
        register_module("output", _output);
        if (architecture.Normalization != Normalization.None)
            NormalizedWeights = [.. _hidden.Select((_, layer) => $"hidden.{layer}.linear.weight")];
    }

    public override IReadOnlyList<string> NormalizedWeights { get; } = [];

    protected override Tensor Compute(Tensor input)
    {
        input = MixAt(0, EmbeddedNumbers.Embed(_numbers, _categories is null ? input : _categories.forward(input)));
        for (var layer = 0; layer < _hidden.Count; layer++)
            input = MixAt(layer + 1, _hidden[layer].forward(input));
        return _output.forward(input);
    }

    protected override IEnumerable<RowPass?> CreatePasses() =>
    [
        .. EmbeddedNumbers.CreatePasses(_numbers, _categories), .. MixingPass.At(0, _widths[0], FindMixing),
        .. _hidden.SelectMany((layer, i) => (RowPass?[])[.. layer.CreatePasses(), .. MixingPass.At(i + 1, _widths[i + 1], FindMixing)]), (_output as DenseLayer)?.CreatePass(),
    ];

    protected override Tensor Compute(SparseRows rows)
    {
        var tail = _categories?.Embed(rows);
        if (_hidden.Count == 0)
            return ((SparseLayer)_output).Forward(rows, tail);
        var state = MixAt(1, _hidden[0].Forward(rows, tail));
        for (var layer = 1; layer < _hidden.Count; layer++)
            state = MixAt(layer + 1, _hidden[layer].forward(state));
        return _output.forward(state);
    }
}
