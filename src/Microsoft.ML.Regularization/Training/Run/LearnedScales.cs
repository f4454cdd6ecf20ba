using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>What a run learned of its rows before the first step.</summary>
internal sealed record LearnedScales
{
    /// <summary>What replaces missing numbers; null for an input that has none.</summary>
    public Imputation? Imputation { get; init; }

    /// <summary>How the numbers, indicators among them, come to a common scale; null for not at all.</summary>
    public InputScaler? Input { get; init; }

    /// <summary>The units of a regression's target; null for classes.</summary>
    public TargetScale? Target { get; init; }

    /// <summary>What an earlier run learned; null for no such run.</summary>
    public static LearnedScales? Of(TrainingOutcome? previous) => previous is null
        ? null
        : new LearnedScales { Imputation = previous.Imputation, Input = previous.InputScaler, Target = previous.TargetScale };

    /// <summary>Learns scales and fills from the training rows.</summary>
    public static LearnedScales Of(IChannel channel, TrainingSet data, TrainingSettings settings, InputLayout input)
    {
        var statistics = InputStatistics.Learn(settings.InputScaling, data.Training, input, data.TrainingSummary, settings.Watch, data.IsSparse);
        if (statistics is null)
            return new LearnedScales();
        InputNotices.Report(channel, data.Features!.Value, statistics);
        return new LearnedScales { Imputation = statistics.Imputation, Input = statistics.Scaler };
    }
}
