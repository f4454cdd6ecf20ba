using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// What a model learned about its probabilities: they are the softmax, or sigmoid, of the network's outputs over <see cref="Temperature"/>, plus
/// <see cref="Offsets"/>, mixed with the uniform distribution. See <see cref="TemperatureScaling"/> and <see cref="AffineCalibration"/>. Saved with the model.
/// </summary>
/// <param name="Temperature">What logits are divided by, above 0: above 1 makes probabilities less extreme, below 1 more.</param>
/// <param name="UniformShare">The share of the uniform distribution in the probabilities, at least 0 and below 1.</param>
/// <param name="Rows">The rows that it was learned from.</param>
public sealed record LearnedCalibration(double Temperature, double UniformShare, long Rows)
{
    // Of more classes a message would be long.
    private const int MostWritten = 10;

    /// <summary>What is added to the logit of each class, or of true; null for nothing.</summary>
    public ValueList<double>? Offsets { get; init; }

    /// <summary>Refuses numbers that cannot have been learned of a network with so many outputs.</summary>
    internal void Check(IExceptionContext context, int outputs)
    {
        if (Offsets is { } offsets)
        {
            context.CheckBetween(offsets.Count, $"number of {nameof(Calibration)}.{nameof(Offsets)}", outputs, outputs);
            foreach (var offset in offsets)
                context.CheckBetween(offset, $"{nameof(Calibration)}.{nameof(Offsets)}", -1e6, 1e6);
        }

        context.CheckBetween(Temperature, $"{nameof(Calibration)}.{nameof(Temperature)}", 1e-6, 1e6);
        context.CheckFromZeroToBelowOne(UniformShare, $"{nameof(Calibration)}.{nameof(UniformShare)}");
        context.CheckAtLeast(Rows, $"{nameof(Calibration)}.{nameof(Rows)}", 1);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"temperature {Temperature:0.###}{Words(Offsets)} of {Rows} rows");

    private static string Words(ValueList<double>? offsets) =>
        offsets is null ? ""
        : offsets.Count > MostWritten ? string.Create(CultureInfo.InvariantCulture, $", offsets of {offsets.Count} classes")
        : $", offsets {string.Join(", ", offsets.Select(offset => offset.ToString("0.###", CultureInfo.InvariantCulture)))}";
}
