using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>Reads and writes the first elements of a vector, where memory may end before the last.</summary>
internal static unsafe class VectorPart
{
    /// <param name="source">Where they are.</param>
    /// <param name="count">How many there are; the others are 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* source, int count) => count >= Vector512<float>.Count ? Vector512.Load(source) : LoadFew(source, count);

    /// <param name="destination">Where they are put.</param>
    /// <param name="value">The vector.</param>
    /// <param name="count">How many elements there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* destination, Vector512<float> value, int count)
    {
        if (count >= Vector512<float>.Count)
            value.Store(destination);
        else
            StoreFew(destination, value, count);
    }

    /// <summary>Adds to what is there.</summary>
    /// <param name="destination">Where it is.</param>
    /// <param name="value">What is added.</param>
    /// <param name="count">How many elements there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(float* destination, Vector512<float> value, int count)
    {
        if (count >= Vector512<float>.Count)
            (Vector512.Load(destination) + value).Store(destination);
        else
            AddFew(destination, value, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<float> LoadFew(float* source, int count)
    {
        var elements = stackalloc float[Vector512<float>.Count];
        new Span<float>(elements, Vector512<float>.Count).Clear();
        new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(elements, count));
        return Vector512.Load(elements);
    }

    private static void StoreFew(float* destination, Vector512<float> value, int count)
    {
        for (var i = 0; i < count; i++)
            destination[i] = value[i];
    }

    private static void AddFew(float* destination, Vector512<float> value, int count)
    {
        for (var i = 0; i < count; i++)
            destination[i] += value[i];
    }
}
