using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>Derives from a trainer's settings those of its run and the training record of its model.</summary>
internal static class FitSettings
{
    public static TrainingSettings Of(TrainerSetup setup, IChannel channel, TrainingColumns columns, RandomKey key, FitWatch watch)
    {
        var (options, plan) = (setup.Options, setup.Plan);
        if (options is { Calibration: AffineCalibration, ClassWeights: { } weights })
        {
            channel.Warning(
                $"ClassWeights is {weights}, and Calibration is {options.Calibration}, which undoes the weights in the probabilities: the predicted label, that of the greatest "
                + "probability, is that of the classes as they are. For the label of the weighted classes take Calibration.Temperature, or set a threshold.");
        }

        return new TrainingSettings
        {
            Architecture = plan.Architecture,
            Recipe = plan.Recipe,
            Loss = options.Loss,
            ClassWeights = options.ClassWeights,
            InputScaling = plan.InputScaling,
            Calibration = setup.Task.Offers.HasFlag(Capabilities.Classes) ? options.Calibration ?? Calibration.Temperature() : null,
            Input = columns.Input.Layout,
            Keys = columns.Keys,
            MultipliesSparseRows = options.MultipliesSparseRows,
            MaxEpochs = plan.MaxEpochs,
            BatchSize = plan.BatchSize,
            DropsLastBatch = plan.DropsLastBatch,
            ClampsPredictions = plan.ClampsPredictions,
            Optimizer = plan.Optimizer,
            LearningRate = plan.LearningRate,
            Schedule = plan.Schedule,
            Key = key,
            Device = LibTorch.ChooseDevice(setup.Host, channel),
            GradientTolerance = options.GradientTolerance,
            Progress = options.Progress,
            Watch = watch,
        };
    }

    /// <summary>The training record of the model.</summary>
    public static TrainingRecord Record(TrainerSetup setup, int seed)
    {
        var (options, plan) = (setup.Options, setup.Plan);
        return new TrainingRecord
        {
            Loss = options.Loss ?? setup.Task.DefaultLoss,
            Optimizer = plan.Optimizer,
            LearningRate = plan.LearningRate,
            Schedule = plan.Schedule,
            BatchSize = plan.BatchSize,
            MaxEpochs = plan.MaxEpochs,
            ClassWeights = options.ClassWeights,
            InputScaling = plan.InputScaling,
            MissingValues = options.MissingValues,
            Seed = seed,
            LibraryVersion = TrainingRecord.ThisVersion,
        };
    }
}
