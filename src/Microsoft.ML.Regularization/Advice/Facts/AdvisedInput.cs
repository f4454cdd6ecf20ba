namespace Microsoft.ML.Regularization;

/// <summary>What a network is to read.</summary>
public enum AdvisedInput
{
    /// <summary>Numbers and categories.</summary>
    Table,

    /// <summary>One column of images.</summary>
    Images,

    /// <summary>One column of texts.</summary>
    Texts,

    /// <summary>One column of sequences of numbers.</summary>
    Sequences,
}
