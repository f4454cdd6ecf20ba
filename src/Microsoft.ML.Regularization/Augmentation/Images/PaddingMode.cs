namespace Microsoft.ML.Regularization;

/// <summary>The values that an image is padded with.</summary>
public enum PaddingMode
{
    /// <summary>One value for all padding: 0, or another fill.</summary>
    Zero,

    /// <summary>The image mirrored at its outermost pixels, which are not repeated: dcb|abcd|cba.</summary>
    Reflect,

    /// <summary>The nearest pixel of the image: aaa|abcd|ddd.</summary>
    Edge,
}
