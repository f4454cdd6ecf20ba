using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Loss and metrics of a network on rows it is not trained on, without any regularization.</summary>
internal sealed class Evaluator(Network network, LearningTarget target, Objective objective, TargetEncoding encoding, FitWatch watch)
{
    /// <param name="source">Gathers the rows.</param>
    /// <param name="batches">The rows.</param>
    /// <param name="mostBatches">How many of the batches to measure on.</param>
    public (IReadOnlyDictionary<ValidationMetric, double> Metrics, RowLosses Losses) Measure(
        Collator source, DataLoader batches, long mostBatches = long.MaxValue)
    {
        var meter = target.CreateMeter(encoding);
        var (losses, weights) = (new List<double>(), new List<double>());
        for (; mostBatches > 0 && batches.MoveNext(); mostBatches--)
        {
            watch.ThrowIfInterrupted();
            using var pass = network.Begin(isTraining: false);
            var batch = source.Gather(batches.Table, batches.Rows, labelSmoothing: 0);
            using var result = network.Outputs(batch.Input).cpu().contiguous();
            var outputs = MemoryMarshal.Cast<byte, float>(result.bytes);
            var count = batches.Rows.Length;
            var computed = new double[count];
            objective.OfRows(outputs[..(count * target.Outputs)], source.Targets[..(count * target.TargetSize)], computed);
            losses.AddRange(computed);
            for (var i = 0; i < count; i++)
            {
                var row = batches.Rows[i];
                weights.Add(batches.Table.Weight(row));
                meter.Add(outputs.Slice(i * target.Outputs, target.Outputs), batches.Table.Label(row));
            }
        }

        var rowLosses = new RowLosses([.. losses], [.. weights]);
        return (meter.Measure(rowLosses), rowLosses);
    }
}
