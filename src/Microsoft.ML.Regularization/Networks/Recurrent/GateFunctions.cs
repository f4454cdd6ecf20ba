using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>What the gates of recurrent units are made of; not a number stays so.</summary>
internal static class GateFunctions
{
    // Products of two such powers are finite, and sigmoid and tanh are at their limits to the last bit of 1.
    private const float LargestPower = 43;

    /// <summary><c>e^x</c>; powers above 43 count as this.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Power(Vector512<float> x) => VectorFunctions.Exp(Vector512.MinNative(Vector512.Create(LargestPower), x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => Vector512<float>.One / (Vector512<float>.One + VectorFunctions.Exp(-x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        var power = Power(x * -2f);
        return (Vector512<float>.One - power) / (Vector512<float>.One + power);
    }
}
