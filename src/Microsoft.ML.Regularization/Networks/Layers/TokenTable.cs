using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Learned vectors of tokens (tokens, width). That of <see cref="TextInput.Padding"/> is 0 and learns nothing.</summary>
internal static class TokenTable
{
    /// <summary>
    /// Vectors that start normal; that of <see cref="TextInput.Unknown"/> starts at 0, so that unknown words have no effect if training has none.
    /// </summary>
    /// <param name="tokens">Tokens, padding included.</param>
    /// <param name="width">Numbers of a vector.</param>
    /// <param name="deviation">The standard deviation of the numbers.</param>
    /// <param name="weights">Draws the numbers.</param>
    public static Tensor Create(int tokens, int width, double deviation, InitialWeights weights)
    {
        var vectors = weights.Normal(deviation, tokens, width);
        vectors.bytes[..(TextInput.FirstWord * width * sizeof(float))].Clear();
        return vectors;
    }

    /// <summary>The vectors of texts (batch, steps, width).</summary>
    /// <param name="vectors">Those of all tokens, one text after the other (batch * steps, width).</param>
    /// <param name="tokens">(batch, steps) of int64.</param>
    public static Tensor OfTexts(Tensor vectors, Tensor tokens) =>

        // Multiplied by 0, padding gets no gradient.
        vectors.view(tokens.shape[0], tokens.shape[1], -1) * tokens.ne(Scalars.Padding).unsqueeze(2);
}
