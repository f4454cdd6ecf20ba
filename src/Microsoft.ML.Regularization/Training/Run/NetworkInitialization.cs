using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Fits the initial weights of a run's network to some of its training rows: see <see cref="Network.InitializeFrom"/>.</summary>
internal static class NetworkInitialization
{
    private const int MostRows = 1 << 16;

    // Of wide rows fewer are taken: all of a layer is in memory at once.
    private const long MostNumbers = 1L << 27;
    private const long NumbersOfRow = 1024;
    private const long NumbersOfInput = 64;

    /// <summary>How many of some training rows the weights are fitted to.</summary>
    public static long RowsOf(InputLayout input, long rows) => Math.Min(rows, Math.Clamp(MostNumbers / (NumbersOfRow + NumbersOfInput * input.Width), 1, MostRows));

    /// <summary>Does nothing where the weights come from elsewhere: from a previous model, or from a checkpoint.</summary>
    /// <returns>What was found where a head was fitted; null where it was not.</returns>
    /// <exception cref="OperationCanceledException">The fit is to end.</exception>
    public static ProbedHead? Run(IHost host, IChannel channel, ITrainingData data, TrainingSettings settings, RunParts parts)
    {
        FitLayers(data, settings, parts);
        return HeadProbe.Run(host, channel, data, settings, parts);
    }

    private static void FitLayers(ITrainingData data, TrainingSettings settings, RunParts parts)
    {
        if (!settings.Architecture.InitializesFromRows || settings.Previous is not null || RunInput.IsKept(settings))
            return;

        var input = parts.Input;
        var most = (int)RowsOf(input.Filled, long.MaxValue);
        var table = data.Training.Sample(most);
        var places = RankedNumbers.Places(table, most);
        if (places.Length == 0)
            return;

        using var scope = NewDisposeScope();
        using var rows = new Collator(
            input.Encoding, places.Length, input.Filled, data.Target.TargetSize, settings.Device, data.TrainingSummary.MeanWeight, input.Scales.Imputation,
            input.Scales.Input);
        var batch = rows.Gather(table, places, labelSmoothing: 0);
        parts.Trained.Network.InitializeFrom(new InitialRows(batch.Features, settings.InputScaling, settings.Key.Derive("initialization")) { KeepsBody = settings.Start is not null });
    }
}
