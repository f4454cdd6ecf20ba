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
    /// <returns>Null where the options name no such weights.</returns>
    /// <exception cref="FormatException">The weights do not fit the network, or their file has changed.</exception>
    public static StartingPoint? Of(TrainerSetup setup, IChannel channel, TrainingColumns columns)
    {
        if (setup.Options.Pretrained is not { } published)
            return null;

        var input = columns.Input.Layout;
        var matched = Match(setup, published, input);
        var report = matched.Report;
        channel.Info($"The network starts from {published.Place}: {report.Taken.Count} tensors are taken, {report.Left.Count} of the file have no use, new are {report.New}.");
        var scales = published.Made?.Origin.Scales ?? (published.Pixels is { } pixels ? new LearnedScales { Input = pixels.ScalerOf(setup.Host, input.Image!) } : null);
        var start = new StartingPoint(matched.Weights, scales);
        if (setup.Options.FineTuning is not { } tuning)
            return start;

        tuning.CheckFrozen(setup.Host, report.Taken.Select(taken => taken.Name));
        return start with { Tuning = tuning };
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
