namespace Microsoft.ML.Regularization;

/// <summary>How a convolutional block halves the height and the width of its maps.</summary>
public enum Pooling
{
    /// <summary>The largest of each 2 x 2 places; an odd last row or column is left out.</summary>
    Max,

    /// <summary>The mean of each 2 x 2 places; an odd last row or column is left out.</summary>
    Average,

    /// <summary>
    /// The convolution itself computes every second place only, which is four times cheaper (Springenberg, Dosovitskiy, Brox and Riedmiller, "Striving for
    /// simplicity: the all convolutional net", 2015). An odd height or width is rounded up.
    /// </summary>
    Stride,
}
