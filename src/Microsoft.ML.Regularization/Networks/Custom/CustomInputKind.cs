namespace Microsoft.ML.Regularization;

/// <summary>The input of a user-defined network: see <see cref="ICustomNetwork"/>.</summary>
public enum CustomInputKind
{
    /// <summary>Vectors of float in any order, as tensors (batch, numbers).</summary>
    Numbers,

    /// <summary>Images, as tensors (batch, channels, height, width), whatever their order in the column.</summary>
    Images,

    /// <summary>Vectors of float with the dimensions steps and numbers of a step, as tensors (batch, steps, numbers of a step).</summary>
    Sequences,

    /// <summary>
    /// Texts as vectors of keys, as tensors of int64 (batch, tokens): 0 pads a text at its end, 1 is any token outside the vocabulary, and the vocabulary's
    /// tokens count from 2.
    /// </summary>
    Texts,
}
