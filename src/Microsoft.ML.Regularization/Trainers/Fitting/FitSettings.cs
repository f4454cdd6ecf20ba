using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>Derives from a trainer's settings those of its run.</summary>
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
            Start = PretrainedStart.Of(setup, channel, columns),
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
            PauseShare = options.DistillInto is null ? options.PauseShare : null,
            Watch = watch,
        };
    }

    /// <summary>Those of a student's run, but for its checkpoint.</summary>
    /// <param name="setup">Of the fit.</param>
    /// <param name="channel">Receives messages.</param>
    /// <param name="columns">The rows' columns.</param>
    /// <param name="data">The rows.</param>
    /// <param name="teacher">The settings of its teacher.</param>
    public static TrainingSettings OfStudent(TrainerSetup setup, IChannel channel, TrainingColumns columns, TrainingSet data, TrainingSettings teacher)
    {
        var student = setup.Student().With(channel, columns, data);
        var own = FoldFit.WithFlags(columns, data, Of(student, channel, columns, teacher.Key.Derive("student"), teacher.Watch));
        return own with { Recipe = StudentOptions.RecipeOf(own.Recipe, setup.Options), IsStudent = true };
    }

    /// <summary>Those of a pack's <see cref="PackOptions.TabM"/>; null where it has none.</summary>
    /// <param name="setup">Of the fit.</param>
    /// <param name="channel">Receives messages.</param>
    /// <param name="columns">The rows' columns.</param>
    /// <param name="data">The rows.</param>
    /// <param name="pack">The settings of the pack's other networks.</param>
    public static TrainingSettings? OfTabM(TrainerSetup setup, IChannel channel, TrainingColumns columns, TrainingSet data, TrainingSettings pack)
    {
        if (setup.Options.Pack?.TabM is not { } tabM)
            return null;
        var own = setup.Of(OtherKindOptions.Of(setup.Options) with { Architecture = tabM, Pack = null, DistillInto = null }).With(channel, columns, data);
        return Of(own, channel, columns, pack.Key, pack.Watch) with { Recipe = OtherKindOptions.RecipeOf(own.Plan.Recipe, setup.Options), Flags = pack.Flags };
    }
}
