using System.Runtime.InteropServices;

namespace Microsoft.ML.Regularization;

/// <summary>Loss and metrics of a network on rows it is not trained on, without any regularization.</summary>
internal sealed class Validation(Network network, LearningTask task, Objective objective, TargetEncoding encoding)
{
    /// <param name="batches">Gathers the rows.</param>
    /// <param name="table">Where the rows are.</param>
    /// <param name="count">How many of its first rows to measure on.</param>
    /// <param name="batchSize">Rows at a time.</param>
    public (IReadOnlyDictionary<ValidationMetric, double> Metrics, RowLosses Losses) Measure(BatchSource batches, RowTable table, int count, int batchSize)
    {
        var rows = Enumerable.Range(0, count).ToArray();
        var outputs = new float[(long)count * task.Outputs];
        var losses = new double[count];
        foreach (var range in EpochOrder.Cut(count, batchSize, needsTwoRows: false))
        {
            using var pass = network.Begin(isTraining: false);
            var batch = batches.Gather(table, rows.AsSpan(range), encoding, labelSmoothing: 0);
            using var result = network.forward(batch.Features).cpu().contiguous();
            var start = range.Start.Value;
            MemoryMarshal.Cast<byte, float>(result.bytes).CopyTo(outputs.AsSpan(start * task.Outputs));
            for (var row = start; row < range.End.Value; row++)
            {
                var target = batches.Targets.Slice((row - start) * task.TargetSize, task.TargetSize);
                losses[row] = objective.OfRow(outputs.AsSpan(row * task.Outputs, task.Outputs), target);
            }
        }

        var rowLosses = new RowLosses(losses, [.. rows.Select(row => (double)table.Weight(row))]);
        return (task.Measure(outputs, table, rowLosses, encoding), rowLosses);
    }
}
