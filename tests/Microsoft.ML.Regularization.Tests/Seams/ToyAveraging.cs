using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Tests.Seams;

/// <summary>An average of the weights as somebody would add it: of the ends of all epochs, or of the last one alone.</summary>
[UnionCase("toy")]
internal sealed record ToyAveraging(bool OfLastAlone) : WeightAveraging
{
    internal override void Validate(IExceptionContext context)
    {
    }

    internal override WeightAverage CreateAverage(FlatParameters parameters, IStatisticsRefresh refresh, int maxEpochs) => new Average(this, parameters, refresh);

    private sealed class Average(ToyAveraging options, FlatParameters parameters, IStatisticsRefresh refresh) : WeightAverage(parameters, refresh)
    {
        protected override void EndEpoch(int epoch, double timeShare) => TakeIn(options.OfLastAlone ? 0 : Updates / (Updates + 1.0));
    }
}
