using Microsoft.ML.Regularization.Ensembles;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>The part of a fit that trains a student: see <see cref="NeuralNetworkOptions.DistillInto"/>.</summary>
/// <param name="setup">The trainer's.</param>
/// <param name="columns">The rows' columns.</param>
internal sealed class StudentFit(TrainerSetup setup, TrainingColumns columns)
{
    /// <summary>How much of a target is the row's label.</summary>
    public const double LabelShare = 0.5;

    /// <summary>The settings of the teacher's networks: those that are not the model need not be trained on all rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A student cannot learn from the rows.</exception>
    public TrainingSettings OfTeacher(TrainingSet data, TrainingSettings settings)
    {
        StudentCheck.CheckData(setup, data);
        return settings.Recipe.EarlyStopping is not { } stopping
            ? settings
            : settings with { Recipe = settings.Recipe with { EarlyStopping = stopping with { RetrainsOnAllRows = false } } };
    }

    /// <summary>Why the fit ended before the student had completed an epoch; null where it did not.</summary>
    public StopReason? Interruption { get; private set; }

    /// <summary>Trains the student; null where the fit is to end before it has completed an epoch.</summary>
    /// <param name="channel">Receives messages.</param>
    /// <param name="view">The rows.</param>
    /// <param name="data">The same, read.</param>
    /// <param name="settings">Those of the teacher.</param>
    /// <param name="teacher">What it learns from.</param>
    public (TrainingOutcome Outcome, InputLayout Input, TrainingSettings Settings)? Train(
        IChannel channel, IDataView view, TrainingSet data, TrainingSettings settings, TrainedTeacher teacher)
    {
        var watch = settings.Watch;
        watch.Clock.BeginRest();
        try
        {
            watch.ThrowIfInterrupted();
            var predictions = teacher.Predict(setup.Host, view, columns, data, watch);
            Report(channel, teacher, predictions.Count);
            var own = FitSettings.OfStudent(setup, channel, columns, data, settings) with { Checkpoint = settings.Checkpoint?.OpenStudent(predictions.Checksum()) };
            var targets = SoftTargets.For(setup.Host, data, own, LabelShare);
            var rows = StudentRows.Of(teacher, columns, data, new DistilledLabel(columns, predictions, targets), targets, own);
            if (rows.Mixtures > 0)
                channel.Info($"Besides its rows it learns {rows.Mixtures} mixtures of them, by the predictions of all networks.");
            var (trainedOn, validatedOn) = (rows.Training.Count - rows.Mixtures, rows.Validation.Count);
            var (outcome, input) = Retraining.Train(setup.Host, channel, rows, own);
            var history = outcome.History with { TrainingRows = trainedOn, ValidationRows = validatedOn, Teacher = teacher.Network.History };
            return (outcome with { History = history }, input, own);
        }
        catch (Exception exception) when (exception is TimeoutException || (exception is OperationCanceledException && watch.Interruption is not null))
        {
            Interruption = exception is TimeoutException ? StopReason.TimeLimit : watch.Interruption;
            channel.Warning(
                $"Training ended ({Interruption}) before the student of {nameof(NeuralNetworkOptions.DistillInto)} had completed an epoch: the model is its teacher, "
                + $"{Math.Max(1, teacher.Network.Members.Count)} networks.");
            return null;
        }
    }

    private void Report(IChannel channel, TrainedTeacher teacher, int rows)
    {
        var networks = Math.Max(1, teacher.Network.Members.Count);
        channel.Info(
            $"A student, {setup.Options.DistillInto}, is trained on what {networks} networks predict for {rows} rows"
            + (teacher.OutOfFold is not null
                ? ", each by those that have not seen the row."
                : $". They have seen the rows that they were trained on: {nameof(NeuralNetworkOptions.Folds)} gives predictions by networks that have not."));
    }
}
