using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Learns scales and fills from the training rows.</summary>
internal static class ScaleLearning
{
    public static LearnedScales Learn(IChannel channel, ITrainingData data, TrainingSettings settings, InputLayout input)
    {
        var statistics = InputStatistics.Learn(settings.InputScaling, data.Training, input, data.TrainingSummary, settings.Watch, data.IsSparse);
        if (statistics is null)
            return new LearnedScales();
        InputNotices.Report(channel, data.Features!.Value, statistics);
        var (imputation, scaler, bins) = (statistics.Imputation, statistics.Scaler, settings.Architecture.BinCount);
        var numbers = (imputation?.Of(input) ?? input).Numbers;
        return new LearnedScales
        {
            Imputation = imputation,
            Input = scaler,
            Edges = bins == 0 ? null : BinEdges.Learn(data.Training, numbers, imputation, scaler, bins, settings.Watch),
        };
    }
}
