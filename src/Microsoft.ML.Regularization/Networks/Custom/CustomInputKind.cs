namespace Microsoft.ML.Regularization;

/// <summary>What a network of one's own reads: see <see cref="ICustomNetwork"/>.</summary>
public enum CustomInputKind
{
    /// <summary>Vectors of float in any order, as tensors (batch, numbers).</summary>
    Numbers,

    /// <summary>Images, as tensors (batch, channels, height, width), whatever their order in the column.</summary>
    Images,

    /// <summary>Vectors of float with the dimensions steps and numbers of a step, as tensors (batch, steps, numbers of a step).</summary>
    Sequences,

    /// <summary>
    /// Texts as vectors of keys, as tensors of int64 (batch, tokens): 0 stands behind the end of a text, 1 for a token that the vocabulary lacks, and the
    /// vocabulary's own count from 2.
    /// </summary>
    Texts,
}
