namespace Microsoft.ML.Regularization;

/// <summary>The values that fill an erased rectangle.</summary>
public enum ErasingFill
{
    /// <summary>One value for all numbers.</summary>
    Constant,

    /// <summary>The mean of each channel over the image itself.</summary>
    Mean,

    /// <summary>Normal noise, drawn for each number.</summary>
    Noise,
}
