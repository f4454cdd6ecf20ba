namespace Microsoft.ML.Regularization.Inputs;

/// <summary>The kinds of input that an architecture can read.</summary>
[Flags]
internal enum NetworkInputs
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A vector of numbers in any order.</summary>
    Numbers = 1,

    /// <summary>Keys beside the numbers.</summary>
    Categories = 2,

    /// <summary>Numbers that make an image.</summary>
    Images = 4,

    /// <summary>Numbers that make steps of a sequence.</summary>
    Sequences = 8,

    /// <summary>Tokens of a text.</summary>
    Texts = 16,
}
