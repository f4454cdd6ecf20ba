using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>The arithmetic of colors, on planes of numbers from 0 to 255.</summary>
internal static class ColorKernels
{
    public const float White = 255;

    /// <summary><c>values * factor + shift</c></summary>
    public static void Scale(ReadOnlySpan<float> values, float factor, float shift, Span<float> result)
    {
        if (factor == 1 && shift == 0)
        {
            values.CopyTo(result);
            return;
        }

        var (factors, shifts) = (new Vector<float>(factor), new Vector<float>(shift));
        var i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(values[i..]) * factors + shifts).CopyTo(result[i..]);
        for (; i < values.Length; i++)
            result[i] = values[i] * factor + shift;
    }

    /// <summary><c>factor * values + (1 - factor) * other</c>, kept within black and white.</summary>
    public static void Blend(Span<float> values, float other, float factor)
    {
        var shift = (1 - factor) * other;
        var (factors, shifts, whites) = (new Vector<float>(factor), new Vector<float>(shift), new Vector<float>(White));
        var i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
            Vector.Min(Vector.Max(new Vector<float>(values[i..]) * factors + shifts, Vector<float>.Zero), whites).CopyTo(values[i..]);
        for (; i < values.Length; i++)
            values[i] = Math.Clamp(values[i] * factor + shift, 0, White);
    }

    /// <summary><c>factor * values + (1 - factor) * others</c>, kept within black and white.</summary>
    public static void Blend(Span<float> values, ReadOnlySpan<float> others, float factor)
    {
        var rest = 1 - factor;
        var (factors, rests, whites) = (new Vector<float>(factor), new Vector<float>(rest), new Vector<float>(White));
        var i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var blend = new Vector<float>(values[i..]) * factors + new Vector<float>(others[i..]) * rests;
            Vector.Min(Vector.Max(blend, Vector<float>.Zero), whites).CopyTo(values[i..]);
        }

        for (; i < values.Length; i++)
            values[i] = Math.Clamp(values[i] * factor + others[i] * rest, 0, White);
    }

    /// <summary>The grey of colors, their luma by ITU-R BT.601.</summary>
    public static void Grey(ReadOnlySpan<float> red, ReadOnlySpan<float> green, ReadOnlySpan<float> blue, Span<float> grey)
    {
        TensorPrimitives.Multiply(red, Luma.Red, grey);
        TensorPrimitives.MultiplyAdd(green, Luma.Green, grey, grey);
        TensorPrimitives.MultiplyAdd(blue, Luma.Blue, grey, grey);
    }

    /// <summary>Turns the hue of colors, and leaves their value and saturation.</summary>
    /// <param name="red">The reds.</param>
    /// <param name="green">The greens.</param>
    /// <param name="blue">The blues.</param>
    /// <param name="turns">By how much, from -0.5 to 0.5: a third takes red to green.</param>
    public static void TurnHue(Span<float> red, Span<float> green, Span<float> blue, float turns)
    {
        // A whole turn on top keeps the sextants positive.
        var sextants = new Vector<float>(6 * turns + 6);
        var i = 0;
        for (; i <= red.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var (r, g, b) = TurnHue(new Vector<float>(red[i..]), new Vector<float>(green[i..]), new Vector<float>(blue[i..]), sextants);
            r.CopyTo(red[i..]);
            g.CopyTo(green[i..]);
            b.CopyTo(blue[i..]);
        }

        for (; i < red.Length; i++)
        {
            var (r, g, b) = TurnHue(new Vector<float>(red[i]), new Vector<float>(green[i]), new Vector<float>(blue[i]), sextants);
            (red[i], green[i], blue[i]) = (r[0], g[0], b[0]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<float> Red, Vector<float> Green, Vector<float> Blue) TurnHue(
        Vector<float> red, Vector<float> green, Vector<float> blue, Vector<float> sextants)
    {
        var value = Vector.Max(red, Vector.Max(green, blue));
        var chroma = value - Vector.Min(red, Vector.Min(green, blue));

        // The hue of grey does not matter, but it must not be NaN.
        var reciprocal = Vector<float>.One / Vector.ConditionalSelect(Vector.Equals(chroma, Vector<float>.Zero), Vector<float>.One, chroma);
        var hue = sextants + Vector.ConditionalSelect(
            Vector.Equals(value, red),
            (green - blue) * reciprocal,
            Vector.ConditionalSelect(
                Vector.Equals(value, green),
                (blue - red) * reciprocal + new Vector<float>(2),
                (red - green) * reciprocal + new Vector<float>(4)));
        return (Channel(hue + new Vector<float>(5)), Channel(hue + new Vector<float>(3)), Channel(hue + Vector<float>.One));

        // A channel is at its full height over two sextants, at its depth over two, and slopes between.
        Vector<float> Channel(Vector<float> position)
        {
            var sextant = position - new Vector<float>(6) * Vector.Floor(position * new Vector<float>(1 / 6f));
            var depth = Vector.Min(Vector.Min(sextant, new Vector<float>(4) - sextant), Vector<float>.One);
            return value - chroma * Vector.Max(depth, Vector<float>.Zero);
        }
    }

    /// <summary>Shares of the colors in grey (ITU-R BT.601).</summary>
    public static class Luma
    {
        public const float Red = 0.299f;
        public const float Green = 0.587f;
        public const float Blue = 0.114f;
    }
}
