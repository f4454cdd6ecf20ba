using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>New tensors of float32 on the CPU, whatever type and device a program has made torch's defaults.</summary>
internal static class FloatTensors
{
    public static Tensor Empty(params long[] shape) => empty(shape, dtype: ScalarType.Float32, device: CPU);

    public static Tensor Zeros(params long[] shape) => zeros(shape, dtype: ScalarType.Float32, device: CPU);

    public static Tensor Ones(params long[] shape) => ones(shape, dtype: ScalarType.Float32, device: CPU);

    public static Tensor Of(float[] values, params long[] shape) => tensor(values, shape, dtype: ScalarType.Float32, device: CPU);
}
