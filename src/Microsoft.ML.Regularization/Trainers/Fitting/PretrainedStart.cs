using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Pretrained;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>Reads the published weights that a fit starts from: see <see cref="NeuralNetworkOptions.Pretrained"/>.</summary>
internal static class PretrainedStart
{
    /// <param name="setup">The trainer's.</param>
    /// <param name="channel">Told what was taken.</param>
    /// <param name="columns">The rows' columns.</param>
    /// <returns>Without weights where the options name none, and null where they do not tune those of a previous run either.</returns>
    /// <exception cref="FormatException">The weights do not fit the network, or their file has changed.</exception>
    public static StartingPoint? Of(TrainerSetup setup, IChannel channel, TrainingColumns columns)
    {
        var tuning = setup.Options.FineTuning;
        if (setup.Options.Pretrained is not { } published)
            return tuning is null ? null : new StartingPoint(Weights: null, Scales: null) { Tuning = tuning };

        var input = columns.Input.Layout;
        var matched = Match(setup, published, input);
        var report = matched.Report;
        channel.Info($"The network starts from {published.Place}: {report.Taken.Count} tensors are taken, {report.Left.Count} of the file have no use, new are {report.New}.");
        var scales = published.Made?.Origin.Scales ?? (published.Pixels is { } pixels ? new LearnedScales { Input = pixels.ScalerOf(setup.Host, input.Image!) } : null);
        var start = new StartingPoint(matched.Weights, scales);
        if (tuning is null)
            return start;

        tuning.CheckFrozen(setup.Host, report.Taken.Select(taken => taken.Name));
        return start with { Tuning = tuning };
    }

    /// <summary>Refuses to tune weights that are nowhere, or layers that they do not have, before rows are read.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are neither published weights nor a model that training goes on from, or a pattern matches none of its tensors.</exception>
    public static void Check(TrainerSetup setup, TrainedNetwork? previous)
    {
        if (setup.Options is not { FineTuning: { } tuning, Pretrained: null })
            return;
        if (previous is null)
        {
            throw setup.Host.ExceptUserArg(
                nameof(NeuralNetworkOptions.FineTuning), $"FineTuning is {tuning}, but Pretrained is null, and training goes on from no model: there are no weights to start from.");
        }

        tuning.CheckFrozen(setup.Host, (previous.IsEnsemble ? previous.Members[0] : previous).Weights.Select(tensor => tensor.Name));
    }

    private static MatchedWeights Match(TrainerSetup setup, PretrainedWeights published, InputLayout input)
    {
        try
        {
            return published.Match(setup.Plan.Architecture, published.Made?.Origin.Filled ?? input);
        }
        catch (InvalidDataException exception)
        {
            throw setup.Host.ExceptDecode(exception, exception.Message);
        }
    }
}
