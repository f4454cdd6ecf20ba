using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;

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
    public static Parameter Create(int tokens, int width, double deviation, InitialWeights weights)
    {
        var vectors = weights.Normal(deviation, tokens, width);
        vectors.bytes[..(TextInput.FirstWord * width * sizeof(float))].Clear();
        return ModuleParameter.Of(vectors);
    }

    /// <summary>Tokens (batch, steps) of int64 to their vectors (batch, steps, width).</summary>
    public static Tensor VectorsOf(Parameter table, Tensor tokens)
    {
        var vectors = table.index_select(0, tokens.flatten()).view(tokens.shape[0], tokens.shape[1], -1);

        // Multiplied by 0, padding gets no gradient.
        return vectors * tokens.ne(Scalars.Padding).unsqueeze(2);
    }
}
