using System.Runtime.CompilerServices;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>
/// Arithmetic of float tensors with numbers, in place of TorchSharp's operators and conversions. Those make of a number a <see cref="Scalar"/>, native memory
/// with a finalizer, which nothing refers to any more while libtorch reads it: a garbage collection on another thread at that moment frees it, and training
/// fails or reads what stands there next. Here the number lives until the call is over. The sum of two tensors, the square and the softplus are here
/// too, because TorchSharp makes such numbers inside of them.
/// </summary>
internal static class TensorArithmetic
{
    public static Tensor Plus(this Tensor left, Tensor right) => left.add(right, Scalars.One);

    public static Tensor Plus(this Tensor tensor, double number)
    {
        using Scalar scalar = number;
        return tensor.add(scalar, Scalars.One);
    }

    /// <summary>Of whole numbers, which stay such.</summary>
    public static Tensor PlusWhole(this Tensor tensor, long number)
    {
        using Scalar scalar = number;
        return tensor.add(scalar, Scalars.One);
    }

    public static Tensor Minus(this Tensor tensor, double number)
    {
        using Scalar scalar = number;
        return tensor.sub(scalar);
    }

    public static Tensor Times(this Tensor tensor, double factor)
    {
        using Scalar scalar = factor;
        return tensor.mul(scalar);
    }

    public static Tensor Over(this Tensor tensor, double divisor)
    {
        using Scalar scalar = divisor;
        return tensor.div(scalar);
    }

    public static Tensor Squared(this Tensor tensor) => tensor.pow(Scalars.Two);

    public static Tensor ToPower(this Tensor tensor, double exponent)
    {
        using Scalar scalar = exponent;
        return tensor.pow(scalar);
    }

    public static Tensor AtLeast(this Tensor tensor, double minimum)
    {
        using Scalar scalar = minimum;
        return tensor.clamp_min(scalar);
    }

    public static Tensor AtMost(this Tensor tensor, double maximum)
    {
        using Scalar scalar = maximum;
        return tensor.clamp_max(scalar);
    }

    /// <summary>Within plus and minus the limit.</summary>
    public static Tensor Within(this Tensor tensor, double limit)
    {
        using Scalar minimum = -limit;
        using Scalar maximum = limit;
        return tensor.clamp(minimum, maximum);
    }

    public static Tensor IsAbove(this Tensor tensor, double threshold)
    {
        using Scalar scalar = threshold;
        return tensor.gt(scalar);
    }

    public static Tensor IsAtLeast(this Tensor tensor, double threshold)
    {
        using Scalar scalar = threshold;
        return tensor.ge(scalar);
    }

    /// <summary><c>log(1 + exp(x))</c>.</summary>
    public static Tensor Softplus(this Tensor tensor) => Softplus(tensor, beta: Scalars.One, threshold: Scalars.Twenty);

    /// <summary>From 0 to one less than the count, of int64.</summary>
    public static Tensor WholeNumbers(long count)
    {
        using Scalar end = count;
        return torch.arange(Scalars.Zero, end, Scalars.One, torch.ScalarType.Int64, torch.CPU);
    }

    // The public one makes its numbers itself.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "softplus1")]
    private static extern Tensor Softplus(Tensor tensor, Scalar beta, Scalar threshold);
}
