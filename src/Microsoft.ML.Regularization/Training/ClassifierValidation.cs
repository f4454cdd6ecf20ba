using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Microsoft.ML.Regularization;

/// <summary>Loss and accuracy of a classifier on rows it is not trained on, without any regularization.</summary>
internal static class ClassifierValidation
{
    public static (double Loss, double Accuracy) Measure(Network network, BatchSource batches, RowTable table, int batchSize)
    {
        var rows = Enumerable.Range(0, table.Count).ToArray();
        var target = new float[table.ClassCount];
        var (loss, correct) = (0.0, 0.0);
        foreach (var range in EpochOrder.Cut(table.Count, batchSize, needsTwoRows: false))
        {
            using var pass = network.Begin(isTraining: false);
            var batch = rows.AsSpan(range);
            var (features, _, _) = batches.Gather(table, batch, labelSmoothing: 0);
            using var logits = network.forward(features).cpu().contiguous();
            var values = MemoryMarshal.Cast<byte, float>(logits.bytes);
            for (var i = 0; i < batch.Length; i++)
            {
                var row = values.Slice(i * table.ClassCount, table.ClassCount);
                table.CopyTarget(batch[i], target);
                var weight = table.Weight(batch[i]);
                loss += weight * SoftmaxCrossEntropy.OfRow(row, target);
                if (TensorPrimitives.IndexOfMax<float>(row) == table.MostProbableClass(batch[i]))
                    correct += weight;
            }
        }

        return (loss / table.WeightSum, correct / table.WeightSum);
    }
}
