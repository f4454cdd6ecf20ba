using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Exponential moving average of the weights (Polyak and Juditsky, 1992). The first step copies; step n later,
/// <c>average = d_n * average + (1 - d_n) * weights</c> with <c>d_n = min(Decay, (1 + n) / (10 + n))</c>, a warm-up without which the first weights would
/// dominate the average for long.
/// </summary>
/// <param name="Decay">
/// Weight of the previous average in each step, at least 0 (the last weights) and below 1 (the average never moves); the average reaches back about 1 / (1 -
/// Decay) steps; 0.999 is usual.
/// </param>
[UnionCase("exponential")]
public sealed record ExponentialAveraging(double Decay) : WeightAveraging
{
    internal override void Validate(IExceptionContext context) =>
        context.CheckFromZeroToBelowOne(Decay, $"{nameof(WeightAveraging)}.{nameof(Decay)}");

    internal override WeightAverage CreateAverage(FlatParameters parameters, IStatisticsRefresh refresh, int maxEpochs) =>
        new ExponentialAverage(this, parameters, refresh);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"weight averaging {Decay}");
}
