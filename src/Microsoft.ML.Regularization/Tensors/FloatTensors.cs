using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>New tensors of float32 on the CPU, whatever type and device a program has made torch's defaults.</summary>
internal static unsafe class FloatTensors
{
    public static Tensor Empty(params long[] shape) => empty(shape, dtype: ScalarType.Float32, device: CPU);

    public static Tensor Zeros(params long[] shape) => zeros(shape, dtype: ScalarType.Float32, device: CPU);

    public static Tensor Ones(params long[] shape) => ones(shape, dtype: ScalarType.Float32, device: CPU);

    /// <summary>Whether a tensor is of this kind.</summary>
    public static bool IsHere(Tensor tensor) => tensor.device_type == DeviceType.CPU && tensor.dtype == ScalarType.Float32;

    /// <summary>Where its values are: libtorch's memory does not move.</summary>
    public static float* Pointer(Tensor tensor)
    {
        fixed (float* pointer = MemoryMarshal.Cast<byte, float>(tensor.bytes))
            return pointer;
    }

    /// <summary>
    /// A copy of the values in libtorch's own memory, which is aligned. TorchSharp's own way takes the array's memory, and where that lies decides the last bit
    /// of a matrix product.
    /// </summary>
    public static Tensor Of(ReadOnlySpan<float> values, params long[] shape)
    {
        var copy = Empty(shape);
        values.CopyTo(MemoryMarshal.Cast<byte, float>(copy.bytes));
        return copy;
    }
}
