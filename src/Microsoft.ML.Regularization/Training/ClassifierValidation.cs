using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Microsoft.ML.Regularization;

/// <summary>Loss and accuracy of a classifier on rows it is not trained on, without any regularization.</summary>
internal static class ClassifierValidation
{
    /// <param name="network">The classifier.</param>
    /// <param name="objective">Its loss.</param>
    /// <param name="batches">Gathers the rows.</param>
    /// <param name="table">Where the rows are.</param>
    /// <param name="count">How many of its first rows to measure on.</param>
    /// <param name="batchSize">Rows at a time.</param>
    public static (double Loss, double Accuracy) Measure(
        Network network, Objective objective, BatchSource batches, RowTable table, int count, int batchSize)
    {
        var rows = Enumerable.Range(0, count).ToArray();
        var target = new float[table.ClassCount];
        var (loss, correct, weights) = (0.0, 0.0, 0.0);
        foreach (var range in EpochOrder.Cut(count, batchSize, needsTwoRows: false))
        {
            using var pass = network.Begin(isTraining: false);
            var batch = rows.AsSpan(range);
            var features = batches.Gather(table, batch, labelSmoothing: 0).Features;
            using var logits = network.forward(features).cpu().contiguous();
            var values = MemoryMarshal.Cast<byte, float>(logits.bytes);
            for (var i = 0; i < batch.Length; i++)
            {
                var row = values.Slice(i * table.ClassCount, table.ClassCount);
                table.CopyTarget(batch[i], target);
                var weight = table.Weight(batch[i]);
                weights += weight;
                loss += weight * objective.OfRow(row, target);
                if (TensorPrimitives.IndexOfMax<float>(row) == table.MostProbableClass(batch[i]))
                    correct += weight;
            }
        }

        // Rows that weigh nothing still tell by NaN whether the network is sound.
        var total = weights > 0 ? weights : 1;
        return (loss / total, correct / total);
    }
}
