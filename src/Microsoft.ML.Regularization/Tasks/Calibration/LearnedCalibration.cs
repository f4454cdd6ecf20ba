using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// What a model learned about its probabilities: they are the softmax, or sigmoid, of the network's outputs over <see cref="Temperature"/>, mixed with the
/// uniform distribution. See <see cref="TemperatureScaling"/>. Saved with the model.
/// </summary>
/// <param name="Temperature">What logits are divided by, above 0: above 1 makes probabilities less extreme, below 1 more.</param>
/// <param name="UniformShare">The share of the uniform distribution in the probabilities, at least 0 and below 1.</param>
/// <param name="Rows">The rows that it was learned from.</param>
public sealed record LearnedCalibration(double Temperature, double UniformShare, long Rows)
{
    /// <summary>Refuses numbers that cannot have been learned.</summary>
    internal void Check(IExceptionContext context)
    {
        context.CheckBetween(Temperature, $"{nameof(Calibration)}.{nameof(Temperature)}", 1e-6, 1e6);
        context.CheckFromZeroToBelowOne(UniformShare, $"{nameof(Calibration)}.{nameof(UniformShare)}");
        context.CheckAtLeast(Rows, $"{nameof(Calibration)}.{nameof(Rows)}", 1);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"temperature {Temperature:0.###} of {Rows} rows");
}
