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

    [ComponentName(Name = "values")]
    private readonly Tensor? _values;

    [ComponentName(Name = "scores")]
    private readonly Tensor? _scores;

    public InputScalingLayer(InputScaler scaler)
        : base(nameof(InputScalingLayer))
    {
        _clips = scaler.Clips;
        _center = FloatTensors.Of(scaler.Center, scaler.Center.Length);
        _factor = FloatTensors.Of(scaler.Factor, scaler.Factor.Length);
        register_buffer("center", _center);
        register_buffer("factor", _factor);
        if (scaler.Quantiles is not { } table)
            return;
        _values = FloatTensors.Of(table.Values, scaler.Center.Length, table.Knots);
        _scores = FloatTensors.Of(table.Scores, scaler.Center.Length, table.Knots);
        register_buffer("values", _values);
        register_buffer("scores", _scores);
    }

    /// <summary>The same in managed code.</summary>
    /// <param name="width">Of a row.</param>
    public InputPass CreatePass(int width) => _values is null
        ? new InputScalingPass(width, FloatsOf(_center), FloatsOf(_factor), _clips)
        : new QuantilePass(width, new QuantileTable((int)_values.shape[1], FloatsOf(_values).ToArray(), FloatsOf(_scores!).ToArray()));

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
        if (_values is not null)
            return Interpolate(numbers, _values, _scores!);
        var scaled = (numbers - _center) * _factor;
        var within = scaled.Within(InputScaler.Largest);
        return !_clips ? within : within / within.Over(InputScaler.Bound).Squared().Plus(1).sqrt();
    }

    // In double precision, in which no difference of floats overflows.
    private static Tensor Interpolate(Tensor numbers, Tensor values, Tensor scores)
    {
        var knots = values.shape[1];
        if (knots == 1)
            return scores.view(1, -1).expand(numbers.shape[0], -1);

        // Knots between the first and the last one tell the interval.
        var turned = numbers.transpose(0, 1).contiguous();
        var interval = searchsorted(values.narrow(1, 1, knots - 2).contiguous(), turned.detach(), out_int32: false, right: false);
        var (x, x0, x1) = (turned.to_type(ScalarType.Float64), At(values, 0), At(values, 1));
        var (y0, y1) = (At(scores, 0), At(scores, 1));
        var width = x1 - x0;
        var share = where(width.IsAbove(0), (x - x0) / where(width.IsAbove(0), width, ones_like(width)), zeros_like(width)).AtLeast(0).AtMost(1);
        return y0.Plus(share * (y1 - y0)).to_type(numbers.dtype).transpose(0, 1).contiguous();

        Tensor At(Tensor table, long first) => table.narrow(1, first, knots - 1).gather(1, interval).to_type(ScalarType.Float64);
    }
}
