namespace Microsoft.ML.Regularization;

/// <summary>How a mixing transform writes the labels of a mixed row.</summary>
public enum LabelMode
{
    /// <summary>
    /// One row whose label is mixed like its features: a key, boolean or soft label becomes a vector of class probabilities, a number stays a
    /// number. For the neural trainers, and for regression.
    /// </summary>
    Soft,

    /// <summary>
    /// Two rows with the mixed features, one for each parent's label, weighted by lambda and 1 - lambda in a weight column. The expected loss is that of
    /// <see cref="Soft"/>, for any trainer with an example weight column. Such trainers rely on reading the same rows in every pass, so every pass is mixed
    /// alike.
    /// </summary>
    WeightedPairs,
}
