using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The first layer of a network: rows (batch, width) as they come to rows whose numbers have a common scale. See <see cref="InputScaler"/>.</summary>
internal sealed class InputScalingLayer : nn.Module<Tensor, Tensor>
{
    private readonly bool _clips;

    [ComponentName(Name = "center")]
    private readonly Tensor _center;

    [ComponentName(Name = "factor")]
    private readonly Tensor _factor;

    public InputScalingLayer(InputScaler scaler)
        : base(nameof(InputScalingLayer))
    {
        _clips = scaler.Clips;
        _center = FloatTensors.Of(scaler.Center, scaler.Center.Length);
        _factor = FloatTensors.Of(scaler.Factor, scaler.Factor.Length);
        register_buffer("center", _center);
        register_buffer("factor", _factor);
    }

    /// <summary>The same in managed code.</summary>
    /// <param name="width">Of a row.</param>
    public InputPass CreatePass(int width) => new InputScalingPass(width, FloatsOf(_center), FloatsOf(_factor), _clips);

    public override Tensor forward(Tensor input)
    {
        var numbers = _center.shape[0];
        if (numbers == input.shape[1])
            return Scale(input);

        // Only the numbers are scaled, not what follows them.
        return cat([Scale(input.narrow(1, 0, numbers)), input.narrow(1, numbers, input.shape[1] - numbers)], 1);
    }

    private static ReadOnlySpan<float> FloatsOf(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    private Tensor Scale(Tensor numbers)
    {
        var scaled = (numbers - _center) * _factor;
        var within = scaled.Within(InputScaler.Largest);
        return !_clips ? within : within / within.Over(InputScaler.Bound).Squared().Plus(1).sqrt();
    }
}
