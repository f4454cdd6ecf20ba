namespace Microsoft.ML.Regularization;

/// <summary>
/// How a network scales its features. It is learned on the training rows, by feature, and is a part of the model: scoring takes features as they are. A
/// feature that is the same in all training rows becomes 0, except with <see cref="None"/> and <see cref="UnitLength"/>.
/// </summary>
public enum InputScaling
{
    /// <summary>No scaling: features have a common scale already.</summary>
    None,

    /// <summary>
    /// Minus the mean, over the standard deviation: of each feature of a table, of each channel of images, of each number of the steps of sequences. Heavy
    /// tails stay heavy. In sparse rows, a feature that is 0 in more than half of them keeps its 0: it is divided by its deviation alone.
    /// </summary>
    Standardize,

    /// <summary>
    /// Minus the median, over the interquartile range (over half the range where the quartiles are equal, so that rare flags become 0 and 2), then
    /// <c>x / sqrt(1 + (x / 3)^2)</c>, which leaves small values alone and keeps all within -3 and 3 (Holzmueller, Grinsztajn and Steinwart, "Better by
    /// default: strong pre-tuned MLPs and boosted trees on tabular data", 2024). So outliers, in training or at scoring, have a bounded effect.
    /// </summary>
    RobustSmoothClip,

    /// <summary>
    /// Over the length that rows have, the root of the mean of their squared Euclidean lengths: one factor for all features. For embeddings, such as those of
    /// texts and images, whose directions carry the information: a scale for each feature distorts them, and makes a network overfit few rows.
    /// </summary>
    UnitLength,

    /// <summary>
    /// To the value that a normal number of mean 0 and deviation 1 has at the same rank among the training rows, in straight lines between quantiles of them, of which
    /// there is one for every 30 rows, from 10 to 1,000, and more in the tails; a value that many rows have lies in their middle. So every feature has the same distribution whatever
    /// its tails, and values outside of the training rows become the least or the largest one. The usual scaling in front of <see cref="PiecewiseLinearEmbedding"/>
    /// (Gorishniy, Kotelnikov and Babenko, "TabM: advancing tabular deep learning with parameter-efficient ensembling", 2025). Sparse rows are made dense for it.
    /// </summary>
    NormalQuantiles,
}
