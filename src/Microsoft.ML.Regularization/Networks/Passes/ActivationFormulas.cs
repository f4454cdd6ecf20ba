using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The formulas of all activations, and of none; not a number stays so.</summary>
internal static class ActivationFormulas
{
    private static Vector512<float> One => Vector512<float>.One;

    public readonly struct Identity : IActivationFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (Vector512<float> Value, Vector512<float> Slope) Of(Vector512<float> x) => (x, One);
    }

    public readonly struct ReLU : IActivationFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (Vector512<float> Value, Vector512<float> Slope) Of(Vector512<float> x)
        {
            var isOff = Vector512.LessThanOrEqual(x, Vector512<float>.Zero);
            return (Vector512.AndNot(x, isOff), Vector512.AndNot(One, isOff));
        }
    }

    public readonly struct GELU : IActivationFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (Vector512<float> Value, Vector512<float> Slope) Of(Vector512<float> x)
        {
            var (distribution, density) = VectorFunctions.Normal(x);
            return (x * distribution, Vector512.FusedMultiplyAdd(x, density, distribution));
        }
    }

    public readonly struct SiLU : IActivationFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (Vector512<float> Value, Vector512<float> Slope) Of(Vector512<float> x)
        {
            var sigmoid = One / (One + VectorFunctions.Exp(-x));
            var value = x * sigmoid;
            return (value, Vector512.FusedMultiplyAdd(value, One - sigmoid, sigmoid));
        }
    }

    public readonly struct Tanh : IActivationFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (Vector512<float> Value, Vector512<float> Slope) Of(Vector512<float> x)
        {
            var value = One - Vector512.Create(2f) / (One + VectorFunctions.Exp(x + x));
            return (value, One - value * value);
        }
    }

    public readonly struct SELU : IActivationFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (Vector512<float> Value, Vector512<float> Slope) Of(Vector512<float> x)
        {
            var slope = VectorFunctions.Exp(x) * -(float)Selu.LowestValue;
            var isOn = Vector512.GreaterThan(x, Vector512<float>.Zero);
            var scale = Vector512.Create((float)Selu.Scale);
            return (
                Vector512.ConditionalSelect(isOn, x * scale, slope + Vector512.Create((float)Selu.LowestValue)), Vector512.ConditionalSelect(isOn, scale, slope));
        }
    }

    public readonly struct Mish : IActivationFormula
    {
        // tanh(ln(1 + e^x)) = ((1 + e^x)^2 - 1) / ((1 + e^x)^2 + 1), which beyond 20 is 1 to the last bit.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (Vector512<float> Value, Vector512<float> Slope) Of(Vector512<float> x)
        {
            var power = VectorFunctions.Exp(Vector512.MinNative(Vector512.Create(20f), x));
            var more = power * (power + Vector512.Create(2f));
            var rest = One / (more + Vector512.Create(2f));
            var tanh = more * rest;
            var value = x * tanh;
            var sigmoid = power / (One + power);
            return (value, Vector512.FusedMultiplyAdd((x + value) * (rest + rest), sigmoid, tanh));
        }
    }
}
