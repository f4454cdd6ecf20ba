using System.Diagnostics;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using TorchSharp;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Iterates over the batches of an epoch, in the epoch's own order, and takes a training step on each.</summary>
internal sealed class EpochTrainer(ITrainingData data, TrainingSettings settings, RunParts parts, RunState state)
{
    private readonly bool _needsTwoRows = settings.Architecture.NeedsTwoRowsPerBatch;
    private readonly RandomKey _orderKey = settings.Key.Derive("order of rows");
    private readonly TrainingClock _clock = parts.Trained.Network.Clock;

    /// <summary>Steps of an epoch.</summary>
    public long StepsPerEpoch { get; } = settings.StepsPerEpoch(data.Training.Count);

    /// <summary>The epoch's batches.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    public DataLoader Begin(int epoch)
    {
        state.Pace.Begin(epoch);
        ReadRows(epoch);
        parts.Step.BeginEpoch(epoch);
        return data.Training.Shuffled(_orderKey, epoch, settings.BatchSize, _needsTwoRows, settings.DropsLastBatch);
    }

    /// <summary>Makes the rows of an epoch those that are trained on; for networks that train together whoever trains them does so, once for all.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    public void ReadRows(int epoch)
    {
        if (settings.Place is null)
            data.BeginEpoch(epoch, state.Pace.IsMixed(epoch, settings.MaxEpochs, settings.Recipe.UnmixedEpochs));
    }

    /// <summary>Trains on the epoch's batches; batches that an interrupted run has already done are skipped.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="checkpoints">Writes the state between batches where it is due; null for nowhere.</param>
    /// <returns>The reason why the epoch was not completed; null if it was.</returns>
    /// <exception cref="OperationCanceledException">The rows are read meanwhile, and the fit is to end.</exception>
    public StopReason? Train(int epoch, CheckpointWriter? checkpoints)
    {
        using var batches = Begin(epoch);
        batches.Skip(state.Progress.Batches);
        while (batches.MoveNext())
        {
            if (settings.Watch.Interruption is { } interruption)
                return interruption;

            var moment = Moment(epoch);
            var learningRate = settings.LearningRate * settings.Schedule.FactorAt(moment);
            (_clock.Epochs, _clock.Rows) = ((double)(long)_clock.Step / StepsPerEpoch, data.TrainingSummary.Count);
            var (loss, norm) = Step(batches, learningRate, moment);
            if (!double.IsFinite(loss) || !double.IsFinite(norm))
                return StopReason.Diverged;

            state.Progress.Add(loss, batches.Rows.Length, norm, learningRate);
            checkpoints?.AfterBatch();
        }

        return null;
    }

    /// <summary>Takes a training step.</summary>
    /// <param name="batches">Stand on the batch.</param>
    /// <param name="learningRate">The step's learning rate.</param>
    /// <param name="moment">The position of the run, for the strength of regularizers; null for their full strength.</param>
    public (double Loss, double GradientNorm) Step(DataLoader batches, double learningRate, TrainingMoment? moment = null)
    {
        var recipe = settings.Recipe;
        _clock.Step++;
        _clock.DropoutFactor = FactorOf(recipe.DropoutSchedule);
        using var scope = torch.NewDisposeScope();
        var batch = parts.Collator.Gather(batches.Table, batches.Rows, recipe.LabelSmoothing * FactorOf(recipe.LabelSmoothingSchedule));
        var start = Stopwatch.GetTimestamp();
        if (parts.Pretext is { } pretext)
            batch = pretext.Pose(batch, _clock.Step);
        var result = parts.Step.Take(batch, learningRate, FactorOf(recipe.WeightDecaySchedule));
        state.Progress.AddComputing(start);
        return result;

        double FactorOf(LearningRateSchedule? schedule) => moment is { } now ? StrengthSchedule.FactorAt(schedule, now) : 1;
    }

    // If the time runs out before the epochs, progress is measured by the time.
    private TrainingMoment Moment(int epoch)
    {
        var (step, steps) = ((long)_clock.Step, settings.MaxEpochs * StepsPerEpoch);
        var byTime = (long)(state.Pace.Share(epoch, (double)state.Progress.Batches / StepsPerEpoch) * (steps - 1));
        return new TrainingMoment(Math.Max(step, byTime), steps, epoch, state.Plateaus.Plateaus);
    }
}
