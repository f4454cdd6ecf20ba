using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>The probabilities of a classifier by what was learned about them.</summary>
/// <param name="calibration">What was learned.</param>
/// <param name="link">From logits to probabilities.</param>
internal sealed class CalibratedLink(LearnedCalibration calibration, OutputLink link) : OutputLink
{
    private readonly float _factor = (float)(1 / calibration.Temperature);
    private readonly float[]? _offsets = calibration.Offsets is { } offsets ? [.. offsets.Select(offset => (float)offset)] : null;

    public override void Apply(Span<float> outputs)
    {
        var share = (float)calibration.UniformShare;
        TensorPrimitives.Multiply(outputs, _factor, outputs);
        if (_offsets is not null)
            TensorPrimitives.Add(outputs, _offsets, outputs);
        link.Apply(outputs);
        TensorPrimitives.Multiply(outputs, 1 - share, outputs);
        TensorPrimitives.Add(outputs, share / Math.Max(2, outputs.Length), outputs);
    }

    public override float Calibrated(float output)
    {
        // Of p = 1 / (1 + e^-z) and 1 - p = 1 / (1 + e^z), each mixed: neither of them cancels.
        var (logit, share) = (output * (double)_factor + (_offsets?[0] ?? 0), calibration.UniformShare);
        var (odds, against) = ((1 - share) / (1 + Math.Exp(-logit)) + share / 2, (1 - share) / (1 + Math.Exp(logit)) + share / 2);
        return (float)(share == 0 ? logit : Math.Log(odds) - Math.Log(against));
    }
}
