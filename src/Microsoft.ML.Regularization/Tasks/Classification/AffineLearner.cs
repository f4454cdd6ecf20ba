namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Learns an <see cref="AffineCalibration"/>, by the loss without class weights.</summary>
internal sealed class AffineLearner(int outputs, double priorDeviation) : CalibrationLearner
{
    private readonly CalibrationRows _rows = new(outputs, keepsTargets: true);
    private readonly float[] _target = new float[Math.Max(2, outputs)];
    private IReadOnlyList<float>? _weights;

    public override void Add(ReadOnlySpan<float> outputs, RowLabel label, TargetEncoding encoding)
    {
        _weights ??= encoding.ClassWeights;
        label.CopyTo(_target);
        _rows.Add(outputs, _target, label.Weight);
    }

    public override LearnedCalibration? Learn()
    {
        // Weighted, a network's odds are w times what they would be.
        double[] undone = [.. _target.Select((_, k) => _weights?[k] > 0 ? -Math.Log(_weights[k]) : 0)];
        return AffineFit.Of(_rows, priorDeviation, outputs == 1 ? [undone[1] - undone[0]] : [.. undone.Select(value => value - undone.Average())]);
    }
}
