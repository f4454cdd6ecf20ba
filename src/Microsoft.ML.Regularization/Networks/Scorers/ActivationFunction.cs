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
                foreach (ref var value in values)
                    value *= (float)NormalDistribution(value);
                break;
            case Activation.SiLU:
                foreach (ref var value in values)
                    value /= 1 + MathF.Exp(-value);
                break;
            case Activation.Tanh:
                TensorPrimitives.Tanh(values, values);
                break;
            case Activation.SELU:
                foreach (ref var value in values)
                    value = value > 0 ? (float)(Selu.Scale * value) : (float)Selu.LowestValue * (1 - MathF.Exp(value));
                break;
            case Activation.Mish:
                foreach (ref var value in values)
                    value *= TanhOfSoftplus(value);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(activation), activation, message: null);
        }
    }

    // tanh(ln(1 + e^x)) = ((1 + e^x)^2 - 1) / ((1 + e^x)^2 + 1); beyond 20 it is 1 to the last bit, and nothing overflows below.
    private static float TanhOfSoftplus(float x)
    {
        if (x > 20)
            return 1;

        var exponential = MathF.Exp(x);
        var product = exponential * (exponential + 2);
        return product / (product + 2);
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
}
