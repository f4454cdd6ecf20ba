using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The residual network for tables of Gorishniy, Rubachev, Khrulkov and Babenko ("Revisiting deep learning models for tabular data", 2021): linear from
/// the features to <see cref="Width"/>; <see cref="Blocks"/> times <c>x + noise(linear(noise(activation(linear(normalization(x))))))</c>, the inner linear
/// layer to <see cref="HiddenFactor"/> times the width; then normalization, activation, linear to the outputs. Noise is the recipe's dropout.
/// </summary>
/// <remarks>
/// Parameters, for width w, h = <c>HiddenFactor * w</c> (rounded) hidden units and L blocks: <c>in * w + w</c>, for each block <c>2 w h + h + w</c>,
/// <c>w * out + out</c>, and <c>2 w (L + 1)</c> more with normalization. A category of n values is embedded first: its vector, of
/// <c>min(50, round(1.6 n^0.56))</c> numbers, is appended to the features and adds <c>(n + 1) * size</c> parameters. The last layer of each block starts with
/// weights smaller by <c>1 / sqrt(L)</c> than the other layers' rule gives, so that the signal does not grow with depth; the paper starts all layers alike.
/// </remarks>
[UnionCase("ResidualMlp")]
public sealed record ResidualMlpArchitecture : NetworkArchitecture
{
    /// <summary>Units of the stream that blocks add to, from 1 to 65536. Default: 128.</summary>
    public int Width { get; init; } = 128;

    /// <summary>Residual blocks, from 1 to 1024. Default: 4.</summary>
    public int Blocks { get; init; } = 4;

    /// <summary>
    /// Hidden units of a block as a multiple of the width, rounded and at least one: from 1/16 (a bottleneck) to 16. Default: 2.
    /// </summary>
    public double HiddenFactor { get; init; } = 2;

    /// <summary>Inside each block and before the output. Default: <see cref="Activation.ReLU"/>.</summary>
    public Activation Activation { get; init; } = Activation.ReLU;

    /// <summary>In front of each block and of the last activation. Default: <see cref="Normalization.Batch"/>.</summary>
    public Normalization Normalization { get; init; } = Normalization.Batch;

    /// <summary>What each number becomes before the first layer; it adds to width and parameters. Default: none, numbers stay as they are.</summary>
    public NumericalEmbedding? NumericalEmbedding { get; init; }

    internal int HiddenWidth => Math.Max(1, (int)Math.Round(Width * HiddenFactor));

    internal override NetworkInputs Takes => NetworkInputs.Numbers | NetworkInputs.Categories;

    internal override int TeamThreads => FewThreads;

    internal override bool TakesSparseRows => NumericalEmbedding is null;

    internal override NumericalEmbedding? UsedEmbedding => NumericalEmbedding;

    internal override bool NeedsTwoRowsPerBatch => Normalization == Normalization.Batch;

    internal override Activation? HiddenActivation => Activation;

    internal override Capabilities Offers =>
        Capabilities.NoisyLayers | Capabilities.MaskedWeights | Capabilities.LinearLayers | Capabilities.ResidualBlocks
        | Capabilities.MovableInputs | Capabilities.MixableStates;

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"ResidualMlp({Blocks} blocks of {Width} through {HiddenWidth}), {Activation}")
        + (Normalization == Normalization.None ? "" : $", {Normalization} normalization")
        + NumericalEmbedding.Words(NumericalEmbedding);

    internal override void Validate(IExceptionContext context)
    {
        context.CheckBetween(Width, nameof(Width), 1, 65536);
        context.CheckBetween(Blocks, nameof(Blocks), 1, 1024);
        context.CheckBetween(HiddenFactor, nameof(HiddenFactor), 1.0 / 16, 16);
        context.CheckDefined(Activation, nameof(Activation));
        context.CheckDefined(Normalization, nameof(Normalization));
        NumericalEmbedding?.Validate(context);
    }

    /// <summary>The input, and the stream behind each block.</summary>
    internal override int MixableStates => Blocks + 1;

    internal override void ListTensors(TensorList tensors, InputLayout input, int outputs)
    {
        tensors.Categories(EmbeddingSize.TablesOf(input));
        tensors.Layers(Describe(input, outputs));
    }

    internal override bool ScoresInManagedCode => true;

    internal override IReadOnlyList<LayerDescription> Describe(InputLayout input, int outputs)
    {
        var layers = NumericalEmbedding.Describe(new LayerList().Categories(input, EmbeddingSize.TablesOf(input)), NumericalEmbedding, input)
            .Linear("input", 2 * Blocks, WidthOf(input), Width);
        for (var block = 0; block < Blocks; block++)
        {
            layers.Residual(new LayerList()
                .Normalize($"blocks.{block}.norm", Normalization, Width)
                .Linear($"blocks.{block}.hidden.linear", 2 * block, Width, HiddenWidth).Activate(Activation).Noise()
                .Linear($"blocks.{block}.linear", 2 * block + 1, HiddenWidth, Width).Noise());
        }

        return layers.Normalize("norm", Normalization, Width).Activate(Activation)
            .Linear("output", 2 * Blocks + 1, Width, outputs, isOutput: true).Layers;
    }

    internal override INetworkScorer CreateScorer(TrainedParts parts)
    {
        var layers = Describe(parts.Input, parts.Outputs);
        return parts.BehindInput(
            layers, new ResidualMlpScorer(parts.Context, this, parts.Recipe, layers, parts.Weights), NumericalEmbedding.VectorsOf(NumericalEmbedding, layers, parts));
    }

    internal override Network CreateNetwork(InputLayout input, int outputs, NetworkBuilder builder)
    {
        CheckMemory(nameof(Width), input, outputs);
        return new ResidualMlpNetwork(this, input, outputs, builder);
    }

    internal override double WeightsOf(InputLayout input, double outputs) =>
        NumericalEmbedding.WeightsOf(NumericalEmbedding, input) + EmbeddingSize.WeightsOf(input) + Width * (WidthOf(input) + 2.0 * Blocks * HiddenWidth + outputs);

    internal override double TableWeights(double values) => EmbeddingSize.OfTable(values);

    /// <summary>Numbers of a row behind the embeddings.</summary>
    internal int WidthOf(InputLayout input) => EmbeddingSize.WidthOf(input) + NumericalEmbedding.GrowthOf(NumericalEmbedding, input);
}
