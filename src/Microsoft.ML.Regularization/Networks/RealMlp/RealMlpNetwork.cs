using Microsoft.ML.Regularization.Inputs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// The module of <see cref="RealMlpArchitecture"/>. Parameters: <c>numbers.frequency</c> and so on, <c>categories.i.weight</c>, <c>scale.factor</c>,
/// <c>hidden.i.linear.weight</c> (out, in), <c>hidden.i.activation.mixing</c>, <c>output.weight</c>.
/// </summary>
internal sealed class RealMlpNetwork : Network
{
    private const int MostOneHot = 8;
    private const int EmbeddingSize = 8;

    // Of embedded numbers, which take several times the memory of what they become, so many rows are computed at a time.
    private const int RowsOfBlock = 1024;

    private readonly EmbeddedNumbers? _numbers;
    private readonly CategoryLayer? _categories;
    private readonly int[] _keyValues;
    private readonly RealMlpArchitecture _architecture;
    private readonly ScaleLayer _scale;
    private readonly List<ParametricHiddenLayer> _hidden = [];
    private readonly TangentLayer _output;

    public RealMlpNetwork(RealMlpArchitecture architecture, InputLayout input, int outputs, NetworkBuilder builder)
        : base(nameof(RealMlpNetwork), builder)
    {
        _keyValues = [.. input.KeyValues];
        _architecture = architecture;
        _numbers = EmbeddedNumbers.Create(architecture.UsedEmbedding, input, builder, PeriodicEmbeddingLayer.Rate);
        if (_numbers is not null)
            register_module(EmbeddedNumbers.LayerName, _numbers.Layer);
        if (input.Categories.Count > 0)
            register_module("categories", _categories = new CategoryLayer(input.Numbers, [.. input.KeyValues.Select(values => TableOf(values, builder))]));

        var width = WidthOf(architecture, input);
        _scale = new ScaleLayer(width, architecture.ScaleDecay, builder);
        foreach (var size in architecture.HiddenSizes)
        {
            _hidden.Add(new ParametricHiddenLayer(width, size, architecture.HiddenFunction, builder));
            width = size;
        }

        _output = new TangentLayer(width, outputs, builder);
        register_module("scale", _scale);
        register_module("hidden", new ModuleList<ParametricHiddenLayer>([.. _hidden]));
        register_module("output", _output);
    }

    /// <summary>The tables of an input's categories.</summary>
    public static IEnumerable<CategoryTable> TablesOf(InputLayout input) => input.KeyValues.Select((values, place) => values <= MostOneHot
        ? new CategoryTable($"categories.{place}.codes", values, OneHotTable.SizeOf(values))
        : new CategoryTable($"categories.{place}.weight", values, EmbeddingSize));

    /// <summary>The layers that embed an input before the first linear layer.</summary>
    public static int WidthOf(RealMlpArchitecture architecture, InputLayout input) =>
        input.Numbers + NumericalEmbedding.GrowthOf(architecture.UsedEmbedding, input)
        + TablesOf(input).Sum(table => table.Size);

    /// <summary>Weights of the table of a category, where it is learned.</summary>
    public static double EmbeddingWeightsOf(double values) => values > MostOneHot ? (values + 1) * EmbeddingSize : 0;

    protected override Tensor Compute(Tensor input)
    {
        var state = _scale.forward(MixAt(0, Embed(input)));
        for (var layer = 0; layer < _hidden.Count; layer++)
            state = MixAt(layer + 1, _hidden[layer].forward(state));
        return _output.forward(state);
    }

    protected override void Initialize(Tensor input, InitialRows rows)
    {
        if (!rows.KeepsBody && _architecture.ScalesCategories && rows.Scaling == InputScaling.RobustSmoothClip)
            ScaleCodes(input);
        if (!_architecture.InitializesFromData)
            return;

        var state = Alone(() => _scale.forward(cat([.. input.split(RowsOfBlock).Select(block => Alone(() => Embed(block).alias()))], 0)));
        for (var layer = 0; layer < _hidden.Count; layer++)
        {
            using var before = state;
            state = Alone(() => rows.KeepsBody ? _hidden[layer].forward(before) : _hidden[layer].InitializeFrom(before, rows.Key.Derive((ulong)layer)));
        }

        _output.InitializeFrom(state, rows.Key.Derive((ulong)_hidden.Count));
    }

    // All rows at once are many: what leads to a result is freed with it.
    private static Tensor Alone(Func<Tensor> compute)
    {
        using var scope = NewDisposeScope();
        return compute().MoveToOuterDisposeScope();
    }

    private void ScaleCodes(Tensor input)
    {
        foreach (var (key, values) in _keyValues.Index())
        {
            if (_categories!.Tables[key] is OneHotTable table)
                table.Scale(_categories.Count(input, key, values));
        }
    }

    private Tensor Embed(Tensor input)
    {
        // Categories first: they are found by their places behind the plain numbers.
        var embedded = _categories is null ? input : _categories.forward(input);
        return EmbeddedNumbers.Embed(_numbers, embedded);
    }

    protected override IEnumerable<RowPass?> CreatePasses() =>
    [
        .. EmbeddedNumbers.CreatePasses(_numbers, _categories), .. MixingPass.At(0, _scale.Units, FindMixing), _scale.CreatePass(),
        .. _hidden.SelectMany((layer, i) => (RowPass?[])[layer.CreatePass(), .. MixingPass.At(i + 1, _architecture.HiddenSizes[i], FindMixing)]), _output.CreatePass(),
    ];

    private static nn.Module<Tensor, Tensor> TableOf(int values, NetworkBuilder builder) =>
        values <= MostOneHot ? new OneHotTable(values) : EmbeddingTable.Of(builder.Weights.Normal(1, values + 1L, EmbeddingSize), builder);
}
