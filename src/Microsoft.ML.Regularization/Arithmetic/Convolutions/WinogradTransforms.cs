using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>
/// The transforms of F(4, 3), of a row or of a column, for 16 channels at once: results of 4 places by 3 kernel elements from 6 products. Its polynomials are
/// evaluated at 0, 1, -1, 2, -2 and infinity (Winograd, 1980). Each stores its vectors so many floats apart.
/// </summary>
internal static unsafe class WinogradTransforms
{
    /// <summary>Of 6 inputs: 6 factors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OfInputs(
        Vector512<float> x0, Vector512<float> x1, Vector512<float> x2, Vector512<float> x3, Vector512<float> x4, Vector512<float> x5, float* to, nint stride)
    {
        var (four, five, two) = (Vector512.Create(4f), Vector512.Create(5f), Vector512.Create(2f));
        Vector512.FusedMultiplyAdd(four, x0, Vector512.FusedMultiplyAdd(-five, x2, x4)).Store(to);
        var even = Vector512.FusedMultiplyAdd(-four, x2, x4);
        var odd = Vector512.FusedMultiplyAdd(-four, x1, x3);
        (even + odd).Store(to + stride);
        (even - odd).Store(to + 2 * stride);
        even = x4 - x2;
        odd = x3 - x1;
        Vector512.FusedMultiplyAdd(two, odd, even).Store(to + 3 * stride);
        Vector512.FusedMultiplyAdd(-two, odd, even).Store(to + 4 * stride);
        Vector512.FusedMultiplyAdd(four, x1, Vector512.FusedMultiplyAdd(-five, x3, x5)).Store(to + 5 * stride);
    }

    /// <summary>Of 6 products: the 4 results.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OfProducts(
        Vector512<float> m0, Vector512<float> m1, Vector512<float> m2, Vector512<float> m3, Vector512<float> m4, Vector512<float> m5, float* to, nint stride)
    {
        var (sum, difference, farSum, farDifference) = (m1 + m2, m1 - m2, m3 + m4, m3 - m4);
        (m0 + sum + farSum).Store(to);
        Vector512.FusedMultiplyAdd(Vector512.Create(2f), farDifference, difference).Store(to + stride);
        Vector512.FusedMultiplyAdd(Vector512.Create(4f), farSum, sum).Store(to + 2 * stride);
        (Vector512.FusedMultiplyAdd(Vector512.Create(8f), farDifference, difference) + m5).Store(to + 3 * stride);
    }

    /// <summary>Of the gradients of 4 results: those of the 6 products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OfGradients(Vector512<float> y0, Vector512<float> y1, Vector512<float> y2, Vector512<float> y3, float* to, nint stride)
    {
        var (even, odd) = (y0 + y2, y1 + y3);
        y0.Store(to);
        (even + odd).Store(to + stride);
        (even - odd).Store(to + 2 * stride);
        even = Vector512.FusedMultiplyAdd(Vector512.Create(4f), y2, y0);
        odd = Vector512.FusedMultiplyAdd(Vector512.Create(8f), y3, y1 + y1);
        (even + odd).Store(to + 3 * stride);
        (even - odd).Store(to + 4 * stride);
        y3.Store(to + 5 * stride);
    }

    /// <summary>Of 3 kernel elements: 6 factors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OfKernel(Vector512<float> g0, Vector512<float> g1, Vector512<float> g2, float* to, nint stride)
    {
        var (even, farEven) = ((g0 + g2) * (-1f / 6), Vector512.FusedMultiplyAdd(Vector512.Create(1f / 24), g0, g2 * (1f / 6)));
        (g0 * 0.25f).Store(to);
        Vector512.FusedMultiplyAdd(Vector512.Create(-1f / 6), g1, even).Store(to + stride);
        Vector512.FusedMultiplyAdd(Vector512.Create(1f / 6), g1, even).Store(to + 2 * stride);
        Vector512.FusedMultiplyAdd(Vector512.Create(1f / 12), g1, farEven).Store(to + 3 * stride);
        Vector512.FusedMultiplyAdd(Vector512.Create(-1f / 12), g1, farEven).Store(to + 4 * stride);
        g2.Store(to + 5 * stride);
    }

    /// <summary>Of the gradients of 6 factors: those of the 3 kernel elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OfFactors(
        Vector512<float> u0, Vector512<float> u1, Vector512<float> u2, Vector512<float> u3, Vector512<float> u4, Vector512<float> u5, float* to, nint stride)
    {
        var (sum, difference, farSum, farDifference) = ((u1 + u2) * (-1f / 6), (u2 - u1) * (1f / 6), u3 + u4, u3 - u4);
        Vector512.FusedMultiplyAdd(Vector512.Create(0.25f), u0, Vector512.FusedMultiplyAdd(Vector512.Create(1f / 24), farSum, sum)).Store(to);
        Vector512.FusedMultiplyAdd(Vector512.Create(1f / 12), farDifference, difference).Store(to + stride);
        (Vector512.FusedMultiplyAdd(Vector512.Create(1f / 6), farSum, sum) + u5).Store(to + 2 * stride);
    }
}
