using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// A multilayer perceptron: for each hidden layer linear, normalization, activation, dropout; then linear to the outputs. Parameters: for each layer
/// <c>in * out + out</c>, and <c>2 * out</c> more for each normalized one. A category of n values is embedded first: its vector, of
/// <c>min(50, round(1.6 n^0.56))</c> numbers, is appended to the features and adds <c>(n + 1) * size</c> parameters.
/// </summary>
[UnionCase("Mlp")]
public sealed record MlpArchitecture : NetworkArchitecture
{
    /// <summary>Units of each hidden layer, from input to output, each at least 1. Empty means a linear model. Default: 256, 256.</summary>
    public ValueList<int> HiddenSizes { get; init; } = [256, 256];

    /// <summary>Default: <see cref="Activation.ReLU"/>.</summary>
    public Activation Activation { get; init; } = Activation.ReLU;

    /// <summary>Default: <see cref="Normalization.None"/>.</summary>
    public Normalization Normalization { get; init; } = Normalization.None;

    /// <summary>What each number becomes before the first layer; it adds to width and parameters. Default: none, numbers stay as they are.</summary>
    public NumericalEmbedding? NumericalEmbedding { get; init; }

    internal override NetworkInputs Takes => NetworkInputs.Numbers | NetworkInputs.Categories;

    // ReLU and dropout are in the same pass as the product, and nothing is left that would be slower.
    internal override int TeamThreads => Activation == Activation.ReLU && Normalization == Normalization.None ? int.MaxValue : FewThreads;

    // Targets of few rows are fitted far too slowly at the rate that is best for classes.
    private protected override double UsualLearningRate(bool hasClasses) => hasClasses ? 1e-3 : 3e-3;

    internal override Activation? HiddenActivation => Activation;

    internal override Capabilities Offers =>
        Capabilities.NoisyLayers | Capabilities.MaskedWeights | Capabilities.LinearLayers | Capabilities.MovableInputs
        | Capabilities.MixableStates;

    internal override bool TakesSparseRows => NumericalEmbedding is null;

    internal override NumericalEmbedding? UsedEmbedding => NumericalEmbedding;

    internal override bool NeedsTwoRowsPerBatch => Normalization == Normalization.Batch && HiddenSizes.Count > 0;

    internal override int MixableStates => HiddenSizes.Count + 1;

    /// <inheritdoc/>
    public override string ToString() =>
        $"Mlp({HiddenSizes}), {Activation}"
        + (Normalization == Normalization.None ? "" : $", {Normalization} normalization")
        + NumericalEmbedding.Words(NumericalEmbedding);

    internal override void Validate(IExceptionContext context)
    {
        if (HiddenSizes is null)
            throw context.ExceptUserArg(nameof(HiddenSizes), "HiddenSizes must be set.");
        for (var layer = 0; layer < HiddenSizes.Count; layer++)
            context.CheckBetween(HiddenSizes[layer], $"{nameof(HiddenSizes)}[{layer}]", 1, 65536);
        context.CheckDefined(Activation, nameof(Activation));
        context.CheckDefined(Normalization, nameof(Normalization));
        NumericalEmbedding?.Validate(context);
    }

    internal override void ListTensors(TensorList tensors, InputLayout input, int outputs)
    {
        tensors.Categories(EmbeddingSize.TablesOf(input));
        tensors.Layers(Describe(input, outputs));
    }

    internal override bool ScoresInManagedCode => true;

    internal override IReadOnlyList<LayerDescription> Describe(InputLayout input, int outputs)
    {
        var layers = NumericalEmbedding.Describe(new LayerList().Categories(input, EmbeddingSize.TablesOf(input)), NumericalEmbedding, input);
        var width = WidthOf(input);
        foreach (var (place, size) in HiddenSizes.Index())
        {
            layers.Linear($"hidden.{place}.linear", place, width, size).Normalize($"hidden.{place}.norm", Normalization, size).Activate(Activation).Noise();
            width = size;
        }

        return layers.Linear("output", HiddenSizes.Count, width, outputs, isOutput: true).Layers;
    }

    internal override INetworkScorer CreateScorer(TrainedParts parts)
    {
        var layers = Describe(parts.Input, parts.Outputs);
        return parts.BehindInput(
            layers, new MlpScorer(parts.Context, layers, parts.Weights, parts.Recipe.Dropout), NumericalEmbedding.VectorsOf(NumericalEmbedding, layers, parts));
    }

    internal override Network CreateNetwork(InputLayout input, int outputs, NetworkBuilder builder)
    {
        CheckMemory(nameof(HiddenSizes), input, outputs);
        return new MlpNetwork(this, input, outputs, builder);
    }

    internal override double WeightsOf(InputLayout input, double outputs)
    {
        double[] widths = [WidthOf(input), .. HiddenSizes, outputs];
        return NumericalEmbedding.WeightsOf(NumericalEmbedding, input) + EmbeddingSize.WeightsOf(input) + widths.Zip(widths.Skip(1)).Sum(layer => layer.First * layer.Second);
    }

    internal override double TableWeights(double values) => EmbeddingSize.OfTable(values);

    /// <summary>Numbers of a row behind the embeddings.</summary>
    internal int WidthOf(InputLayout input) => EmbeddingSize.WidthOf(input) + NumericalEmbedding.GrowthOf(NumericalEmbedding, input);
}
