using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The learning rates that a range test tries: from <see cref="Min"/> to <see cref="Max"/>, where each step multiplies the rate by the same factor.
/// </summary>
public sealed record LearningRateRange
{
    /// <summary>The rate of the first step, above 0; it should be too small to learn anything. Default: 1E-06.</summary>
    public double Min { get; init; } = 1e-6;

    /// <summary>The rate of the last step, above <see cref="Min"/>; it should be too large to train with. Default: 1.</summary>
    public double Max { get; init; } = 1;

    /// <summary>Training steps, at least 2; more steps take longer and give a clearer curve. Default: 100.</summary>
    public int Steps { get; init; } = 100;

    /// <summary>
    /// The weight of the previous running mean of the losses in each step, at least 0 (no smoothing) and below 1 (the mean never moves); noisier batch losses
    /// need more smoothing and more steps. Default: 0.9.
    /// </summary>
    public double Smoothing { get; init; } = 0.9;

    /// <summary>The rate of a step, from 0.</summary>
    internal double RateAt(int step) => Min * Math.Pow(Max / Min, step / (Steps - 1.0));

    internal void Validate(IExceptionContext context, double weightDecay, double decayFactor = 1)
    {
        context.CheckAbove(Min, $"{nameof(LearningRateRange)}.{nameof(Min)}", 0);
        context.CheckAbove(Max, $"{nameof(LearningRateRange)}.{nameof(Max)}", Min);
        context.CheckAtLeast(Steps, $"{nameof(LearningRateRange)}.{nameof(Steps)}", 2);
        context.CheckFromZeroToBelowOne(Smoothing, $"{nameof(LearningRateRange)}.{nameof(Smoothing)}");
        if (Max * weightDecay * decayFactor >= 1)
        {
            throw context.ExceptUserArg(nameof(Max), string.Create(
                CultureInfo.InvariantCulture,
                $"LearningRateRange.Max * WeightDecay must be below {(decayFactor == 1 ? "1" : $"1 / {decayFactor}")}, since every step shrinks the weights by it, "
                + $"but Max is {Max} and WeightDecay {weightDecay}."));
        }
    }
}
