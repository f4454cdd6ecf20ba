using System.Numerics;
using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Every <see cref="Activation"/> in managed code, in place.</summary>
internal static class ActivationFunction
{
    public static void Apply(Activation activation, Span<float> values)
    {
        switch (activation)
        {
            case Activation.ReLU:
                TensorPrimitives.Max(values, 0f, values);
                break;
            case Activation.GELU:
                Apply<NormalLinear>(values);
                break;
            case Activation.SiLU:
                Apply<SigmoidLinear>(values);
                break;
            case Activation.Tanh:
                TensorPrimitives.Tanh(values, values);
                break;
            case Activation.SELU:
                Apply<ScaledExponentialLinear>(values);
                break;
            case Activation.Mish:
                Apply<SoftplusTanhLinear>(values);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(activation), activation, message: null);
        }
    }

    /// <summary>
    /// The standard normal distribution function to an error of 7.5e-8 (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.17).
    /// </summary>
    internal static double NormalDistribution(double x)
    {
        var t = 1 / (1 + 0.2316419 * Math.Abs(x));
        var polynomial = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        var upperTail = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI) * polynomial;
        return x >= 0 ? 1 - upperTail : upperTail;
    }

    // The last values go through the same operations, as a vector that is filled up.
    private static void Apply<TFunction>(Span<float> values)
        where TFunction : IVectorFunction
    {
        for (; values.Length >= Vector<float>.Count; values = values[Vector<float>.Count..])
            TFunction.Of(new Vector<float>(values)).CopyTo(values);
        Span<float> rest = stackalloc float[Vector<float>.Count];
        values.CopyTo(rest);
        TFunction.Of(new Vector<float>(rest)).CopyTo(rest);
        rest[..values.Length].CopyTo(values);
    }

    private interface IVectorFunction
    {
        static abstract Vector<float> Of(Vector<float> x);
    }

    // The formula of NormalDistribution in single precision.
    private readonly struct NormalLinear : IVectorFunction
    {
        public static Vector<float> Of(Vector<float> x)
        {
            var t = Vector<float>.One / Vector.FusedMultiplyAdd(Vector.Abs(x), new Vector<float>(0.2316419f), Vector<float>.One);
            var sum = Vector.FusedMultiplyAdd(new Vector<float>(1.330274429f), t, new Vector<float>(-1.821255978f));
            sum = Vector.FusedMultiplyAdd(sum, t, new Vector<float>(1.781477937f));
            sum = Vector.FusedMultiplyAdd(sum, t, new Vector<float>(-0.356563782f));
            sum = Vector.FusedMultiplyAdd(sum, t, new Vector<float>(0.319381530f));
            var tail = Vector.Exp(x * x * -0.5f) * 0.39894228f * sum * t;
            return x * Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), tail, Vector<float>.One - tail);
        }
    }

    private readonly struct SigmoidLinear : IVectorFunction
    {
        public static Vector<float> Of(Vector<float> x) => x / (Vector<float>.One + Vector.Exp(-x));
    }

    private readonly struct ScaledExponentialLinear : IVectorFunction
    {
        public static Vector<float> Of(Vector<float> x) => Vector.ConditionalSelect(
            Vector.GreaterThan(x, Vector<float>.Zero), x * (float)Selu.Scale, (Vector<float>.One - Vector.Exp(x)) * (float)Selu.LowestValue);
    }

    private readonly struct SoftplusTanhLinear : IVectorFunction
    {
        // tanh(ln(1 + e^x)) = ((1 + e^x)^2 - 1) / ((1 + e^x)^2 + 1); beyond 20 it is 1 to the last bit, and nothing overflows below.
        public static Vector<float> Of(Vector<float> x)
        {
            var exponential = Vector.Exp(Vector.Min(x, new Vector<float>(20)));
            var product = exponential * (exponential + new Vector<float>(2));
            return x * (product / (product + new Vector<float>(2)));
        }
    }
}
