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
    /// <summary>A scorer of rows as they come, in front of one of rows on the network's scale with categories and numbers embedded.</summary>
    /// <param name="layers">The layers of the whole.</param>
    /// <param name="network">The latter; an <see cref="ISparseNetwork"/> where rows are sparse.</param>
    /// <param name="numbers">How numbers are embedded; null for not at all.</param>
    public INetworkScorer BehindInput(IReadOnlyList<LayerDescription> layers, INetworkScorer network, NumberVectors? numbers = null)
    {
        var categories = layers[0] is CategoriesDescription { Tables: var tables } ? new CategoryVectors(Context, tables, Weights) : null;
        if (Input.IsSparse)
            return new SparseScorer(Input, categories, Scaler, (ISparseNetwork)network);

        INetworkScorer scorer = numbers is null ? network : new EmbeddedNumbersScorer(numbers, network);
        if (categories is not null)
            scorer = new EmbeddedScorer(Input.Numbers, categories, scorer);
        return Scaler is null ? scorer : new ScaledScorer(Scaler, scorer);
    }
}
