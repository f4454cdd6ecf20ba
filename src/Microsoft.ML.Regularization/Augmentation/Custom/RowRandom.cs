using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The random numbers of one training row: a function of seed, epoch and row, so that the change of a row does not depend on other rows, on the thread, or on
/// whether the run was resumed from a checkpoint.
/// </summary>
public sealed class RowRandom
{
    private KeyedStream _stream;

    internal RowRandom()
    {
    }

    /// <summary>Uniform from 0 to below 1.</summary>
    public double NextDouble() => _stream.NextDouble();

    /// <summary>Normal of mean 0 and standard deviation 1.</summary>
    public double NextGaussian() => _stream.NextGaussian();

    /// <summary>Uniform over 0 to <paramref name="exclusiveMax"/> - 1.</summary>
    /// <param name="exclusiveMax">How many numbers to choose from, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int Next(int exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(exclusiveMax, 1);
        return (int)_stream.NextInt64(exclusiveMax);
    }

    internal void Begin(KeyedStream stream) => _stream = stream;
}
