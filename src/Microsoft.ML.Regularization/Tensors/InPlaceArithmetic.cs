using TorchSharp;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>Changes float tensors by numbers that live until the call is over: see <see cref="TensorArithmetic"/>. Each returns that tensor.</summary>
internal static class InPlaceArithmetic
{
    public static Tensor Add(this Tensor tensor, double number)
    {
        using Scalar scalar = number;
        return tensor.add_(scalar, Scalars.One);
    }

    public static Tensor Add(this Tensor tensor, Tensor other) => tensor.add_(other, Scalars.One);

    /// <summary>Adds the factor times the other tensor.</summary>
    public static Tensor Add(this Tensor tensor, Tensor other, double factor)
    {
        using Scalar scalar = factor;
        return tensor.add_(other, scalar);
    }

    /// <summary>Adds the factor times the product.</summary>
    public static Tensor AddProduct(this Tensor tensor, Tensor left, Tensor right, double factor)
    {
        using Scalar scalar = factor;
        return tensor.addcmul_(left, right, scalar);
    }

    /// <summary>Adds the factor times the quotient.</summary>
    public static Tensor AddQuotient(this Tensor tensor, Tensor dividend, Tensor divisor, double factor)
    {
        using Scalar scalar = factor;
        return tensor.addcdiv_(dividend, divisor, scalar);
    }

    public static Tensor Multiply(this Tensor tensor, double factor)
    {
        using Scalar scalar = factor;
        return tensor.mul_(scalar);
    }

    /// <summary>Moves what lies beyond plus and minus the limit there.</summary>
    public static Tensor Clip(this Tensor tensor, double limit)
    {
        using Scalar minimum = -limit;
        using Scalar maximum = limit;
        return tensor.clamp_(minimum, maximum);
    }

    public static Tensor Fill(this Tensor tensor, double value)
    {
        using Scalar scalar = value;
        return tensor.fill_(scalar);
    }
}
