namespace Microsoft.ML.Regularization;

/// <summary>The value that replaces a dropped feature.</summary>
public enum FeatureReplacement
{
    /// <summary>
    /// The feature's mean over the training rows: a neutral value for features of any scale. A one-hot block becomes the shares of its categories.
    /// </summary>
    Mean,

    /// <summary>
    /// 0. A one-hot block becomes all zeros, as <c>OneHotEncoding</c> writes a category that it has not seen. For features whose mean is about 0.
    /// </summary>
    Zero,

    /// <summary>
    /// NaN, in all slots of a one-hot block. For features that may be missing when the model is used, and trainers that know missing values: neural networks,
    /// which handle them by <see cref="MissingValues"/>, and trees, which learn where to send them.
    /// </summary>
    Missing,
}
