using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>Rows that go through the network twice at once: see <see cref="RDrop"/>. Noise is drawn by the place in the batch, so that both draws differ.</summary>
internal static class RowPairs
{
    /// <summary>A batch with each row once more behind its end, each of both by half.</summary>
    public static TrainingBatch Of(TrainingBatch batch)
    {
        var halves = batch.RowFactors.Over(2);
        return new TrainingBatch(cat([batch.Features, batch.Features]), cat([batch.Targets, batch.Targets]), cat([halves, halves]));
    }

    /// <summary>The mixing of such rows: the partners of the second draw are rows of the second half.</summary>
    public static HiddenMixing Of(HiddenMixing mixing) =>
        mixing with { Partners = cat([mixing.Partners, mixing.Partners.PlusWhole(mixing.Partners.shape[0])]) };

    /// <summary>The sum over the pairs of half of both divergences, each by its row's factor.</summary>
    /// <param name="logarithms">(2 rows, classes): those of the probabilities of all rows, and then those of their others.</param>
    /// <param name="factors">(2 rows): half of each row's factor.</param>
    public static Tensor Divergence(Tensor logarithms, Tensor factors)
    {
        var rows = factors.shape[0] / 2;
        var difference = logarithms.narrow(0, 0, rows) - logarithms.narrow(0, rows, rows);
        var probabilities = logarithms.exp();

        // KL(p, q) + KL(q, p) = sum_k (p_k - q_k) (log p_k - log q_k).
        return ((probabilities.narrow(0, 0, rows) - probabilities.narrow(0, rows, rows)) * difference).sum(1).dot(factors.narrow(0, 0, rows));
    }
}
