namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Learns a <see cref="TemperatureScaling"/>, by the loss with class weights.</summary>
internal sealed class TemperatureLearner(int outputs, double priorDeviation) : CalibrationLearner
{
    private readonly CalibrationRows _rows = new(outputs);
    private readonly float[] _target = new float[Math.Max(2, outputs)];

    public override void Add(ReadOnlySpan<float> outputs, RowLabel label, TargetEncoding encoding)
    {
        label.CopyTo(_target);
        encoding.Apply(_target, labelSmoothing: 0);
        _rows.Add(outputs, _target, label.Weight);
    }

    public override LearnedCalibration? Learn() => TemperatureFit.Of(_rows, priorDeviation);
}
