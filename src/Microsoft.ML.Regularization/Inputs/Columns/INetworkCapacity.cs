using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Inputs;

/// <summary>What a network that is to be trained takes, and how many values it has room for.</summary>
internal interface INetworkCapacity
{
    /// <summary>What the network is called in messages.</summary>
    string Name { get; }

    NetworkInputs Takes { get; }

    /// <summary>Tokens of a text; the rest is cut off.</summary>
    int MaxTokens { get; }

    /// <summary>The number of values that a column of categories or tokens can have.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A table of them does not fit.</exception>
    int CountOf(IExceptionContext context, DataViewSchema.Column column);

    /// <summary>The number of outputs that a label asks for, of a network of that input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The layer that gives their probabilities does not fit.</exception>
    int OutputsOf(IExceptionContext context, DataViewSchema.Column label, ulong outputs, InputLayout input);
}
