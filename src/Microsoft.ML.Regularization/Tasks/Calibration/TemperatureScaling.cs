using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Divides all logits by one temperature, that of the least logarithmic loss on the validation rows (Guo, Pleiss, Sun and Weinberger, "On calibration of
/// modern neural networks", 2017, section 4.2): above 1 for a network that is too sure of itself, below 1 for one that is not sure enough, as label
/// smoothing and Mixup make it. The order of a row's classes stays, so the predicted label stays too. With class weights, the temperature is that of the
/// weighted loss: probabilities and label stay those of the weighted classes, see <see cref="AffineCalibration"/> for those of the rows as they are.
/// </summary>
/// <remarks>
/// Two deviations from the paper keep few rows from doing harm. The logarithm of the temperature has a normal prior around 0: see <see cref="PriorDeviation"/>.
/// And the calibrated probabilities of n rows' temperature are mixed with the uniform distribution, whose share is <c>1 / (n + 1)</c>, as if one more row had
/// been seen that is of all classes: no class that n rows do not show is ruled out.
/// </remarks>
[UnionCase("temperature")]
public sealed record TemperatureScaling : Calibration
{
    internal const double DefaultPriorDeviation = 0.25;

    /// <summary>
    /// The standard deviation of the prior of the temperature's natural logarithm, from 0.001 (the temperature is always about 1) to 100 (as good as no
    /// prior). Default: 0.25, which a few dozen clear rows overrule.
    /// </summary>
    public double PriorDeviation { get; init; } = DefaultPriorDeviation;

    internal override void Validate(IExceptionContext context) =>
        context.CheckBetween(PriorDeviation, $"{nameof(Calibration)}.{nameof(PriorDeviation)}", 0.001, 100);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"temperature, prior deviation {PriorDeviation}");
}
