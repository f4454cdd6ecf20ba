using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// The module of <see cref="TabMArchitecture"/>. Parameters: <c>numbers.change</c> and so on, <c>categories.i.weight</c>, <c>members.factor</c> (members,
/// width), <c>hidden.i.linear.weight</c> (out, in), <c>output.weight</c> (members * out, in).
/// </summary>
internal sealed class TabMNetwork : Network
{
    private readonly bool _areLogits;
    private readonly EmbeddedNumbers? _numbers;
    private readonly CategoryLayer? _categories;
    private readonly MemberFactorLayer _members;
    private readonly int[] _widths;
    private readonly List<SharedHiddenLayer> _hidden = [];
    private readonly MemberOutputLayer _output;

    public TabMNetwork(TabMArchitecture architecture, InputLayout input, int outputs, NetworkBuilder builder)
        : base(nameof(TabMNetwork), builder)
    {
        (_areLogits, Members) = (architecture.AveragesProbabilities ?? true, architecture.Members);
        _numbers = EmbeddedNumbers.Create(architecture.NumericalEmbedding, input, builder);
        if (_numbers is not null)
            register_module(EmbeddedNumbers.LayerName, _numbers.Layer);
        _categories = CategoryLayer.Create(input, builder);
        if (_categories is not null)
            register_module("categories", _categories);

        var chunks = Enumerable.Repeat(architecture.NumericalEmbedding?.VectorSize ?? 1, input.QuantityCount)
            .Concat(Enumerable.Repeat(1, input.Flags.Count)).Concat(input.KeyValues.Select(values => EmbeddingSize.Of(values))).ToArray();
        _members = new MemberFactorLayer(Members, chunks, areSigns: _numbers is null, builder);
        var width = chunks.Sum();
        _widths = [width, .. architecture.HiddenSizes];
        foreach (var size in architecture.HiddenSizes)
        {
            _hidden.Add(new SharedHiddenLayer(width, size, architecture.Activation, builder));
            width = size;
        }

        _output = new MemberOutputLayer(Members, width, outputs, builder);
        register_module("members", _members);
        register_module("hidden", new ModuleList<SharedHiddenLayer>([.. _hidden]));
        register_module("output", _output);
    }

    public override int Members { get; }

    public override Tensor MemberOutputs(NetworkInput input) => OfMembers(Scaled(input.Rows!)).flatten(0, 1);

    public override void Join(ReadOnlySpan<float> members, Span<float> outputs) => MeanPrediction.Of(members, Members, _areLogits, outputs);

    protected override Tensor Compute(Tensor input) => MemberMean.Of(OfMembers(input), _areLogits);

    protected override IEnumerable<RowPass?> CreatePasses() =>
    [
        .. EmbeddedNumbers.CreatePasses(_numbers, _categories), .. MixingPass.At(0, _widths[0], FindMixing), _members.CreatePass(),
        .. _hidden.SelectMany((layer, i) => (RowPass?[])[layer.CreatePass(), .. MixingPass.At(i + 1, _widths[i + 1], FindMixing, Members)]), _output.CreatePass(),
    ];

    private Tensor OfMembers(Tensor input)
    {
        var embedded = EmbeddedNumbers.Embed(_numbers, _categories is null ? input : _categories.forward(input));
        var state = _members.forward(MixAt(0, embedded));
        for (var layer = 0; layer < _hidden.Count; layer++)
            state = MixAt(layer + 1, _hidden[layer].forward(state));
        return _output.forward(state);
    }
}
