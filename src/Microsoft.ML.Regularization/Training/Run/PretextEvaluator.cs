using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization.Training;

/// <summary>The loss of a pretext task on rows, the same questions each time. The losses are those of batches, which weigh as many as they have rows.</summary>
/// <param name="network">The network.</param>
/// <param name="pretext">Asks.</param>
/// <param name="watch">Signals when the fit is to end.</param>
internal sealed class PretextEvaluator(Network network, Pretext pretext, FitWatch watch) : IEvaluator
{
    // Training counts its steps up from 1.
    private const ulong FirstStep = 1ul << 63;

    public float[] RowOutputs => [];

    public (IReadOnlyDictionary<ValidationMetric, double> Metrics, RowLosses Losses, LearnedCalibration? Calibration) Measure(
        Collator source, DataLoader batches, long mostBatches = long.MaxValue)
    {
        var (losses, weights) = (new List<double>(), new List<double>());
        for (; losses.Count < mostBatches && batches.MoveNext(); weights.Add(batches.Rows.Length))
        {
            watch.ThrowIfInterrupted();
            using var pass = network.Begin(isTraining: false);
            var batch = pretext.Pose(source.Gather(batches.Table, batches.Rows, labelSmoothing: 0), FirstStep + (ulong)losses.Count);
            losses.Add(pretext.Objective.Sum(network.Outputs(batch.Input), batch.Targets, batch.RowFactors).item<float>());
        }

        var rows = new RowLosses([.. losses], [.. weights]);
        return (new Dictionary<ValidationMetric, double> { [ValidationMetric.Loss] = rows.Mean }, rows, null);
    }
}
