using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>A convolution: see <see cref="ConvolutionLayer"/>. A batch normalization behind it is a factor and a shift of each map, which are in its kernels.</summary>
internal sealed unsafe class ConvolutionStep : MapStep
{
    private readonly ConvolutionDescription _description;
    private readonly float[] _bias;
    private readonly PackedMatrix? _packed;
    private readonly WinogradKernels? _kernels;

    /// <param name="parts">The network's weights.</param>
    /// <param name="description">The layer.</param>
    /// <param name="normalization">The batch normalization behind it; null for none.</param>
    /// <param name="inputs">The size of the maps before it.</param>
    public ConvolutionStep(TrainedParts parts, ConvolutionDescription description, NormalizationFunction? normalization, MapSize inputs)
        : base(inputs.Every(description.Stride) with { Channels = description.Outputs })
    {
        _description = description;
        var size = description.Size;
        var weight = parts.Weights.Read(parts.Context, description.Name + ".weight", description.Outputs, description.Inputs, size, size);
        _bias = description.HasBias ? parts.Weights.Read(parts.Context, description.Name + ".bias", description.Outputs) : new float[description.Outputs];
        if (normalization is not null)
        {
            var length = weight.Length / description.Outputs;
            for (var output = 0; output < description.Outputs; output++)
            {
                var kernel = weight.AsSpan(output * length, length);
                TensorPrimitives.Multiply(kernel, normalization.Scale[output], kernel);
            }

            TensorPrimitives.MultiplyAdd(_bias, normalization.Scale, normalization.Shift, _bias);
        }

        if (!WinogradKernels.Takes(description.Inputs, description.Outputs, size, description.Stride))
        {
            _packed = PatchConvolution.Pack(weight, description.Inputs, size);
            return;
        }

        _kernels = new WinogradKernels();
        fixed (float* kernels = weight)
            _kernels.Pack(kernels, description.Outputs, description.Inputs, isTurned: false);
    }

    protected override void Compute(ImageMaps input, ImageMaps output, MapMemory memory)
    {
        fixed (float* bias = _bias)
        {
            if (_kernels is not null)
                WinogradConvolution.Compute(input, _kernels, bias, output);
            else
                PatchConvolution.Compute(input, _packed!, _description.Size, _description.Stride, bias, output);
        }
    }
}
