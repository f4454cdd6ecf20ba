using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Divides all logits by one temperature and adds an offset of its own to that of each class, for two classes to that of true: those of the least logarithmic loss
/// on the validation rows ("bias-corrected temperature scaling"; Alexandari, Kundaje and Shrikumar, "Maximum likelihood with bias-corrected calibration is
/// hard-to-beat at label shift adaptation", 2020). For classes that were weighted: rows count by their example weights alone, not by
/// <see cref="NeuralNetworkOptions.ClassWeights"/>, so that probabilities become the frequencies of the rows as they are.
/// </summary>
/// <remarks>
/// <para>
/// The predicted label is that of the greatest calibrated probability, as score, probability and label must agree: with class weights it moves back to where it would be
/// without them, and a warning says so. Who wants the decision of the weighted classes, in which rare ones are found more often, keeps
/// <see cref="TemperatureScaling"/>, which leaves label and probabilities those of the weighted classes; or calibrates by this and sets the threshold of two classes with
/// <c>ChangeModelThreshold</c>, for balanced classes to the share of true among the rows.
/// </para>
/// <para>
/// Few rows do no harm. The logarithm of the temperature has a normal prior around 0, and each offset one around what undoes the class's weight w, <c>-log w</c>, or
/// around 0 without class weights or for a class of weight 0: see <see cref="PriorDeviation"/>. As for <see cref="TemperatureScaling"/>, the probabilities of n rows are
/// mixed with the uniform distribution, whose share is <c>1 / (n + 1)</c>. Weights of a column (<c>ml.Transforms.ClassWeights</c>) are example weights: they are not undone.
/// </para>
/// </remarks>
[UnionCase("affine")]
public sealed record AffineCalibration : Calibration
{
    /// <summary>
    /// The standard deviation of the priors of the temperature's natural logarithm and of each offset, from 0.001 (they are always about those of the prior) to 100 (as good
    /// as no prior). Default: 0.25, which a few dozen clear rows overrule.
    /// </summary>
    public double PriorDeviation { get; init; } = TemperatureScaling.DefaultPriorDeviation;

    internal override void Validate(IExceptionContext context) =>
        context.CheckBetween(PriorDeviation, $"{nameof(Calibration)}.{nameof(PriorDeviation)}", 0.001, 100);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"temperature and offsets, prior deviation {PriorDeviation}");
}
