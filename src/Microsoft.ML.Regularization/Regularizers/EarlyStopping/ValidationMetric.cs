namespace Microsoft.ML.Regularization;

/// <summary>A metric that is measured on the validation rows after every epoch, weighted by their example weights.</summary>
public enum ValidationMetric
{
    /// <summary>
    /// The loss of any task, with class weights but without label smoothing or other terms that only training adds. Smaller is better.
    /// </summary>
    Loss,

    /// <summary>Classification: the share of rows whose most probable class is the labelled one, from 0 to 1. Greater is better.</summary>
    Accuracy,

    /// <summary>
    /// Classification: the mean, over the classes that the validation rows have, of the share of their rows that are recognized, from 0 to 1. Greater is
    /// better.
    /// </summary>
    MacroAccuracy,

    /// <summary>
    /// Binary classification: the probability that a positive row scores above a negative one, from 0 to 1 (0.5: no better than chance). Greater is better.
    /// Not measured where the validation rows are of one class; early stopping then watches the loss, and a warning says so.
    /// </summary>
    AreaUnderRocCurve,

    /// <summary>
    /// Regression: the share of the target's variance that is explained, at most 1; 0 is the mean's. Greater is better. Not measured where all validation
    /// rows have the same target; early stopping then watches the loss, and a warning says so.
    /// </summary>
    RSquared,

    /// <summary>Regression: the mean absolute error in the target's units. Smaller is better.</summary>
    MeanAbsoluteError,

    /// <summary>Regression: the root of the mean squared error in the target's units. Smaller is better.</summary>
    RootMeanSquaredError,

    /// <summary>
    /// Classification: the cross entropy, with class weights, that is left after <see cref="TemperatureScaling"/> with its default prior. Unlike the loss it
    /// does not punish a network for being too sure of itself, which a temperature corrects (Berta, Holzmueller, Jordan and Bach, "Rethinking early stopping:
    /// refine, then calibrate", 2025). Smaller is better.
    /// </summary>
    CalibratedLoss,
}
