using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>A scorer that takes sparse rows as such.</summary>
internal interface ISparseScorer : INetworkScorer
{
    /// <param name="row">The numbers of a row that are not 0, by ascending slots.</param>
    /// <param name="outputs">Receives one value for each output.</param>
    void Score(ReadOnlySpan<SlotValue> row, Span<float> outputs);

    /// <summary>Scores many rows at once.</summary>
    /// <param name="table">Rows.</param>
    /// <param name="first">The first one to score.</param>
    /// <param name="count">How many.</param>
    /// <param name="outputs">Receives (count, outputs).</param>
    void Score(SparseTable table, int first, int count, Span<float> outputs);
}
