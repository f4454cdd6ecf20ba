namespace Microsoft.ML.Regularization;

/// <summary>What a dropped feature is replaced by.</summary>
public enum FeatureReplacement
{
    /// <summary>
    /// The feature's mean over the training rows: what it is when nothing is known of it, whatever its scale. A one-hot block becomes the shares of its
    /// categories.
    /// </summary>
    Mean,

    /// <summary>
    /// 0. A one-hot block becomes all zeros, as <c>OneHotEncoding</c> writes a category that it has not seen. For features whose mean is about 0.
    /// </summary>
    Zero,

    /// <summary>
    /// NaN, in all slots of a one-hot block. For features that may be missing when the model is used, and trainers that know missing values: neural networks,
    /// whose <see cref="MissingValues"/> say what they do about them, and trees, which learn where to send them.
    /// </summary>
    Missing,
}
