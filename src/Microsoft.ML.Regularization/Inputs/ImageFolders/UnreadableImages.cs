namespace Microsoft.ML.Regularization;

/// <summary>How to handle files in a folder of images that cannot be decoded completely.</summary>
public enum UnreadableImages
{
    /// <summary>Loading the folder fails, with an error that counts and names them.</summary>
    Refuse,

    /// <summary>They are left out, with a warning that counts and names them.</summary>
    Skip,
}
