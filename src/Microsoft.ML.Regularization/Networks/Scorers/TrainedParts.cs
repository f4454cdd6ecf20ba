using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The parts of a trained network that scoring needs.</summary>
/// <param name="Context">For errors.</param>
/// <param name="Recipe">The settings that the network was trained with.</param>
/// <param name="Input">The layout of its input, with missing numbers filled in.</param>
/// <param name="Outputs">Its outputs.</param>
/// <param name="Weights">Its weights.</param>
/// <param name="Scaler">Brings rows to its scale; null where they are on it.</param>
internal sealed record TrainedParts(
    IExceptionContext Context, RegularizationRecipe Recipe, InputLayout Input, int Outputs, NetworkWeights Weights, InputScaler? Scaler)
{
    /// <summary>A scorer of rows as they come, in front of one of rows on the network's scale with categories embedded.</summary>
    /// <param name="create">Makes the latter for rows of the given width.</param>
    public INetworkScorer BehindInput(Func<int, ISparseNetwork> create)
    {
        var network = create(EmbeddingSize.WidthOf(Input));
        if (Input.IsSparse)
            return new SparseScorer(Context, Input, Weights, Scaler, network);

        INetworkScorer scorer = Input.Categories.Count > 0 ? new EmbeddedScorer(Context, Input, Weights, network) : network;
        return Scaler is null ? scorer : new ScaledScorer(Scaler, scorer);
    }
}
