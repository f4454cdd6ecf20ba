using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Learns scales and fills from the training rows.</summary>
internal static class ScaleLearning
{
    public static LearnedScales Learn(IChannel channel, ITrainingData data, TrainingSettings settings, InputLayout input)
    {
        if (settings.Start?.Scales is { } given)
            return given;
        var statistics = InputStatistics.Learn(settings.InputScaling, data.Training, input, data.TrainingSummary, settings.Watch, data.IsSparse);
        if (statistics is null)
            return new LearnedScales();
        InputNotices.Report(channel, data.Features!.Value, statistics);
        var scales = new LearnedScales { Imputation = statistics.Imputation, Input = statistics.Scaler };
        return settings.Architecture.UsedEmbedding is { } embedding ? BesideEmbedding(data, settings, input, embedding, scales) : scales;
    }

    private static LearnedScales BesideEmbedding(
        ITrainingData data, TrainingSettings settings, InputLayout input, NumericalEmbedding embedding, LearnedScales scales)
    {
        // Indicators, which follow the numbers, are flags by what they are.
        var found = FlagSearch.Find(data, input, settings.Watch);
        var indicators = Enumerable.Range(input.Numbers, input.Filled(scales.Imputation, []).Numbers - input.Numbers).Select(number => new NumberFlag(number, 0, 1)).ToList();
        ValueList<int> numbers = [.. settings.Flags ?? found.Select(flag => flag.Number), .. indicators.Select(flag => flag.Number)];
        var scaler = FlagScale.BesideEmbedding(scales.Input, found.Concat(indicators).Where(flag => numbers.Contains(flag.Number)));
        return scales with
        {
            Input = scaler,
            Flags = numbers,
            Edges = embedding is { BinCount: > 0 and var bins }
                ? BinEdges.Learn(data.Training, input.Filled(scales.Imputation, numbers), scales.Imputation, scaler, bins, settings.Watch)
                : null,
        };
    }
}
