using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// What a network for tables makes of each number, if it has more than two values, before its first layer: a vector, by learned functions of that number alone (Gorishniy, Rubachev and Babenko,
/// "On embeddings for numerical features in tabular deep learning", 2022). A plain network has to bend straight lines until they fit; behind an embedding it
/// starts with functions that bend where the numbers are. Numbers are embedded on the scale of <see cref="NeuralNetworkOptions.InputScaling"/>.
/// </summary>
/// <remarks>
/// A number that has two values at most among the training rows, at most 100,000 of them, has nothing to bend, and stays itself: one-hot codes, truth values, the
/// indicators of missing numbers, and what is the same in all rows. Behind <see cref="InputScaling.RobustSmoothClip"/> its values are then -1 and 1, before the clip. It stays
/// so in training that goes on from the model, and where other rows have other values.
/// </remarks>
[Union("kind")]
public abstract record NumericalEmbedding
{
    /// <summary>The name of its layer among a network's modules.</summary>
    internal const string LayerName = "numbers";

    private protected NumericalEmbedding()
    {
    }

    /// <summary>Size of the vector that one number becomes.</summary>
    internal abstract int VectorSize { get; }

    /// <summary>Learned weights of one number.</summary>
    internal abstract double WeightsOfNumber { get; }

    /// <summary>Bins of each number whose edges are learned from the training rows before the first step; 0 for none.</summary>
    internal virtual int BinCount => 0;

    internal abstract void Validate(IExceptionContext context);

    /// <summary>Makes the layer from numbers (batch, n) to their vectors (batch, n * size).</summary>
    /// <param name="numbers">How many.</param>
    /// <param name="rate">Its learning rate over that of the network.</param>
    /// <param name="builder">Draws its initial weights.</param>
    internal abstract nn.Module<Tensor, Tensor> CreateLayer(int numbers, double rate, NetworkBuilder builder);

    /// <summary>Describes that layer.</summary>
    internal abstract NumberEmbeddingDescription Describe(string name, int numbers, double rate);

    /// <summary>A trained layer in managed code.</summary>
    internal abstract NumberVectors Read(TrainedParts parts, NumberEmbeddingDescription description);

    /// <summary>The layer of a network's embedding in front of all others but the categories' tables.</summary>
    /// <param name="layers">The network's.</param>
    /// <param name="embedding">Null for none.</param>
    /// <param name="input">The network's input.</param>
    /// <param name="rate">Its learning rate over that of the network.</param>
    internal static LayerList Describe(LayerList layers, NumericalEmbedding? embedding, InputLayout input, double rate = 1)
    {
        if (embedding is null || input.QuantityCount == 0)
            return layers;
        if (input.Flags.Count > 0)
            layers.Add(new FlagsDescription(input.Numbers, input.Flags));
        return layers.Add(embedding.Describe(LayerName, input.QuantityCount, rate));
    }

    /// <summary>A network's embedding in managed code; null for none.</summary>
    /// <param name="embedding">Null for none.</param>
    /// <param name="layers">The network's.</param>
    /// <param name="parts">The parts of the network that scoring needs.</param>
    internal static NumberVectors? VectorsOf(NumericalEmbedding? embedding, IEnumerable<LayerDescription> layers, TrainedParts parts)
    {
        var vectors = layers.OfType<NumberEmbeddingDescription>().Select(description => embedding!.Read(parts, description)).SingleOrDefault();
        return vectors is null || parts.Input.Flags.Count == 0 ? vectors : new QuantityVectors(vectors, [.. parts.Input.Quantities], [.. parts.Input.Flags]);
    }

    /// <summary>By how many floats a row grows; none where the embedding is null.</summary>
    internal static int GrowthOf(NumericalEmbedding? embedding, InputLayout input) => checked(input.QuantityCount * ((embedding?.VectorSize ?? 1) - 1));

    /// <summary>Weights of a network's embedding; none where it is null.</summary>
    internal static double WeightsOf(NumericalEmbedding? embedding, InputLayout input) => input.QuantityCount * (embedding?.WeightsOfNumber ?? 0);

    /// <summary>What follows an architecture's own words; nothing where it is null.</summary>
    internal static string Words(NumericalEmbedding? embedding) => embedding is null ? "" : $", {embedding}";
}
