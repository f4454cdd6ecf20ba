namespace Microsoft.ML.Regularization.Networks;

/// <summary>Turns the numbers of a row into vectors, in managed code; safe to use from many threads.</summary>
internal abstract class NumberVectors
{
    /// <summary>Numbers of a row before it.</summary>
    public abstract int Numbers { get; }

    /// <summary>Floats behind it.</summary>
    public abstract int Width { get; }

    /// <param name="numbers">Those of a row.</param>
    /// <param name="embedded">Receives their vectors, one behind the other; another memory.</param>
    public abstract void Embed(ReadOnlySpan<float> numbers, Span<float> embedded);

    /// <summary>The derivative by the numbers.</summary>
    /// <param name="numbers">Those of a row.</param>
    /// <param name="gradient">By their vectors.</param>
    /// <param name="result">Receives one value for each number.</param>
    public abstract void Differentiate(ReadOnlySpan<float> numbers, ReadOnlySpan<float> gradient, Span<float> result);
}
