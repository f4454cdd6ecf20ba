using Microsoft.ML.Regularization.Inputs;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>Numbers as libtorch takes them, kept for ever: see <see cref="TensorArithmetic"/>. Whole ones leave tensors of integers what they are.</summary>
internal static class Scalars
{
    public static readonly Scalar Zero = 0;
    public static readonly Scalar One = 1;
    public static readonly Scalar Two = 2;
    public static readonly Scalar Twenty = 20;
    public static readonly Scalar Padding = TextInput.Padding;
    public static readonly Scalar NegativeInfinity = double.NegativeInfinity;
}
