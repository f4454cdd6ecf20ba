using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>
/// Elementary functions of sixteen floats at a time, to about the last bit of 1. Not a number stays so. The polynomials are those of Cephes (Moshier, "Methods
/// and programs for mathematical functions", 1989).
/// </summary>
internal static class VectorFunctions
{
    // e to a power beyond these has no normal float.
    private const float LargestPower = 88;
    private const float SmallestPower = -87;

    /// <summary><c>e^x</c>; powers below -87 and above 88 count as these.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        // The constant comes first: of two numbers, one of which is none, the second is taken.
        x = Vector512.MinNative(Vector512.Create(LargestPower), Vector512.MaxNative(Vector512.Create(SmallestPower), x));
        var twos = Vector512.Round(x * 1.44269504f);
        var rest = Vector512.FusedMultiplyAdd(twos, Vector512.Create(-0.693359375f), x);
        rest = Vector512.FusedMultiplyAdd(twos, Vector512.Create(2.12194440e-4f), rest);
        var sum = Vector512.FusedMultiplyAdd(Vector512.Create(1.9875691500e-4f), rest, Vector512.Create(1.3981999507e-3f));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(8.3334519073e-3f));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(4.1665795894e-2f));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(1.6666665459e-1f));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(5.0000001201e-1f));
        sum = Vector512.FusedMultiplyAdd(sum, rest * rest, rest) + Vector512<float>.One;
        return sum * ((Vector512.ConvertToInt32Native(twos) + Vector512.Create(127)) << 23).AsSingle();
    }

    /// <summary>Sine and cosine of angles of up to some hundred thousands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<float> Sine, Vector512<float> Cosine) SineAndCosine(Vector512<float> angle)
    {
        var (quarter, rest, square) = Reduce(angle);
        var (sine, cosine) = (SineOf(rest, square), CosineOf(square));
        var swaps = Vector512.Equals(quarter & Vector512<int>.One, Vector512<int>.One).AsSingle();
        return (
            Flip(Vector512.ConditionalSelect(swaps, cosine, sine), quarter),
            Flip(Vector512.ConditionalSelect(swaps, sine, cosine), quarter + Vector512<int>.One));
    }

    /// <summary>The cosine alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Cosine(Vector512<float> angle)
    {
        var (quarter, rest, square) = Reduce(angle);
        var swaps = Vector512.Equals(quarter & Vector512<int>.One, Vector512<int>.One).AsSingle();
        return Flip(Vector512.ConditionalSelect(swaps, SineOf(rest, square), CosineOf(square)), quarter + Vector512<int>.One);
    }

    /// <summary>
    /// The standard normal distribution function to an error of 3e-7 (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.17), and its density.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<float> Distribution, Vector512<float> Density) Normal(Vector512<float> x)
    {
        var t = Vector512<float>.One / Vector512.FusedMultiplyAdd(Vector512.Abs(x), Vector512.Create(0.2316419f), Vector512<float>.One);
        var sum = Vector512.FusedMultiplyAdd(Vector512.Create(1.330274429f), t, Vector512.Create(-1.821255978f));
        sum = Vector512.FusedMultiplyAdd(sum, t, Vector512.Create(1.781477937f));
        sum = Vector512.FusedMultiplyAdd(sum, t, Vector512.Create(-0.356563782f));
        sum = Vector512.FusedMultiplyAdd(sum, t, Vector512.Create(0.319381530f));
        var density = Exp(x * x * -0.5f) * 0.39894228f;
        var tail = density * sum * t;
        return (Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), tail, Vector512<float>.One - tail), density);
    }

    // The nearest multiple of a quarter turn, and what is left; its parts are subtracted one after another, so that little is lost.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<int> Quarter, Vector512<float> Remainder, Vector512<float> Square) Reduce(Vector512<float> angle)
    {
        var quarters = Vector512.Round(angle * 0.636619772f);
        var rest = Vector512.FusedMultiplyAdd(quarters, Vector512.Create(-1.5703125f), angle);
        rest = Vector512.FusedMultiplyAdd(quarters, Vector512.Create(-4.837512969970703e-4f), rest);
        rest = Vector512.FusedMultiplyAdd(quarters, Vector512.Create(-7.54978995489188e-8f), rest);

        // Far out, where neighbouring floats lie turns apart, the polynomials must not run away.
        rest = Vector512.MinNative(Vector512.Create(1f), Vector512.MaxNative(Vector512.Create(-1f), rest));
        return (Vector512.ConvertToInt32Native(quarters), rest, rest * rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> SineOf(Vector512<float> rest, Vector512<float> square)
    {
        var sum = Vector512.FusedMultiplyAdd(Vector512.Create(-1.9515295891e-4f), square, Vector512.Create(8.3321608736e-3f));
        sum = Vector512.FusedMultiplyAdd(sum, square, Vector512.Create(-1.6666654611e-1f));
        return Vector512.FusedMultiplyAdd(sum * square, rest, rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> CosineOf(Vector512<float> square)
    {
        var sum = Vector512.FusedMultiplyAdd(Vector512.Create(2.443315711809948e-5f), square, Vector512.Create(-1.388731625493765e-3f));
        sum = Vector512.FusedMultiplyAdd(sum, square, Vector512.Create(4.166664568298827e-2f));
        return Vector512.FusedMultiplyAdd(sum * square, square, Vector512.FusedMultiplyAdd(square, Vector512.Create(-0.5f), Vector512<float>.One));
    }

    // Of the second half of a turn the sign is the other.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Flip(Vector512<float> value, Vector512<int> quarter) =>
        (value.AsInt32() ^ ((quarter & Vector512.Create(2)) << 30)).AsSingle();
}
