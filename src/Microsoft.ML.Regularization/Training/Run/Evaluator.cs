using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Loss and metrics of a network on rows it is not trained on, without any regularization.</summary>
/// <param name="network">The network.</param>
/// <param name="target">How labels are encoded and measured.</param>
/// <param name="objective">The loss.</param>
/// <param name="encoding">Encodes the targets.</param>
/// <param name="watch">Signals when the fit is to end.</param>
/// <param name="keepsOutputs">Whether the outputs of the rows are kept.</param>
internal sealed class Evaluator(
    Network network, LearningTarget target, Objective objective, TargetEncoding encoding, FitWatch watch, bool keepsOutputs = false) : IEvaluator
{
    /// <inheritdoc/>
    public float[] RowOutputs { get; private set; } = [];

    /// <summary>See <see cref="TrainingSettings.Calibration"/>.</summary>
    public Calibration? Calibration { get; init; }

    /// <inheritdoc/>
    public (IReadOnlyDictionary<ValidationMetric, double> Metrics, RowLosses Losses, LearnedCalibration? Calibration) Measure(
        Collator source, DataLoader batches, long mostBatches = long.MaxValue)
    {
        var meter = target.CreateMeter(encoding);

        // Temperatures are what the meter learns by itself.
        var temperature = Calibration as TemperatureScaling;
        var learner = temperature is null ? CalibrationLearner.Of(Calibration, target.Outputs) : null;
        var (losses, weights) = (new List<double>(), new List<double>());
        var kept = new List<float>();
        for (; mostBatches > 0 && batches.MoveNext(); mostBatches--)
        {
            watch.ThrowIfInterrupted();
            using var pass = network.Begin(isTraining: false);
            var batch = source.Gather(batches.Table, batches.Rows, labelSmoothing: 0);
            var count = batches.Rows.Length;
            var outputs = Outputs(batch.Input, count);
            var computed = new double[count];
            objective.OfRows(outputs, source.Targets[..(count * target.TargetSize)], computed);
            losses.AddRange(computed);
            if (keepsOutputs)
                kept.AddRange(outputs[..(count * target.Outputs)]);
            for (var i = 0; i < count; i++)
            {
                var row = batches.Rows[i];
                weights.Add(batches.Table.Weight(row));
                meter.Add(outputs.AsSpan(i * target.Outputs, target.Outputs), batches.Table.Label(row));
                learner?.Add(outputs.AsSpan(i * target.Outputs, target.Outputs), batches.Table.Label(row), encoding);
            }
        }

        RowOutputs = [.. kept];
        var rowLosses = new RowLosses([.. losses], [.. weights]);
        return (meter.Measure(rowLosses), rowLosses, temperature is null ? learner?.Learn() : meter.Calibrate(temperature.PriorDeviation));
    }

    private float[] Outputs(NetworkInput input, int count)
    {
        var outputs = new float[count * target.Outputs];
        if (ManagedPasses.TryCompute(network, input, outputs))
            return outputs;

        using var result = network.Outputs(input).cpu().contiguous();
        MemoryMarshal.Cast<byte, float>(result.bytes).CopyTo(outputs);
        return outputs;
    }
}
