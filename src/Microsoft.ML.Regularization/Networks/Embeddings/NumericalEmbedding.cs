using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// What a network for tables makes of each number before its first layer: a vector, by learned functions of that number alone (Gorishniy, Rubachev and Babenko,
/// "On embeddings for numerical features in tabular deep learning", 2022). A plain network has to bend straight lines until they fit; behind an embedding it
/// starts with functions that bend where the numbers are. Numbers are embedded on the scale of <see cref="NeuralNetworkOptions.InputScaling"/>.
/// </summary>
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
    internal static LayerList Describe(LayerList layers, NumericalEmbedding? embedding, InputLayout input, double rate = 1) =>
        embedding is null || input.Numbers == 0 ? layers : layers.Add(embedding.Describe(LayerName, input.Numbers, rate));

    /// <summary>A network's embedding in managed code; null for none.</summary>
    /// <param name="embedding">Null for none.</param>
    /// <param name="layers">The network's.</param>
    /// <param name="parts">The parts of the network that scoring needs.</param>
    internal static NumberVectors? VectorsOf(NumericalEmbedding? embedding, IEnumerable<LayerDescription> layers, TrainedParts parts) =>
        layers.OfType<NumberEmbeddingDescription>().Select(description => embedding!.Read(parts, description)).SingleOrDefault();

    /// <summary>By how many floats a row grows; none where the embedding is null.</summary>
    internal static int GrowthOf(NumericalEmbedding? embedding, InputLayout input) => checked(input.Numbers * ((embedding?.VectorSize ?? 1) - 1));

    /// <summary>Weights of a network's embedding; none where it is null.</summary>
    internal static double WeightsOf(NumericalEmbedding? embedding, InputLayout input) => input.Numbers * (embedding?.WeightsOfNumber ?? 0);

    /// <summary>What follows an architecture's own words; nothing where it is null.</summary>
    internal static string Words(NumericalEmbedding? embedding) => embedding is null ? "" : $", {embedding}";
}
