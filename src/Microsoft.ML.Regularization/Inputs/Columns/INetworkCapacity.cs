using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Inputs;

/// <summary>The inputs that a network to be trained accepts, and the number of values it has room for.</summary>
internal interface INetworkCapacity
{
    /// <summary>The name of the network in messages.</summary>
    string Name { get; }

    NetworkInputs Takes { get; }

    /// <summary>Tokens of a text; the rest is cut off.</summary>
    int MaxTokens { get; }

    /// <summary>Whether what is cut off comes before the last token: see <see cref="TextInput.KeepsLastToken"/>.</summary>
    bool KeepsLastToken { get; }

    /// <summary>The number of values that a column of categories or tokens can have.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A table of them does not fit.</exception>
    int CountOf(IExceptionContext context, DataViewSchema.Column column);

    /// <summary>The number of outputs that a label asks for, of a network of that input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The layer that gives their probabilities does not fit.</exception>
    int OutputsOf(IExceptionContext context, DataViewSchema.Column label, ulong outputs, InputLayout input);
}
