namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Learns a <see cref="Calibration"/> of rows that were not trained on.</summary>
internal abstract class CalibrationLearner
{
    /// <summary>What learns a calibration; null where there is nothing to learn.</summary>
    /// <param name="calibration">What is to be learned; null for nothing.</param>
    /// <param name="outputs">Outputs of the network: 1 for two classes.</param>
    public static CalibrationLearner? Of(Calibration? calibration, int outputs) => calibration switch
    {
        TemperatureScaling temperature => new TemperatureLearner(outputs, temperature.PriorDeviation),
        AffineCalibration affine => new AffineLearner(outputs, affine.PriorDeviation),
        _ => null,
    };

    /// <param name="outputs">The network's, or those of a mean of networks.</param>
    /// <param name="label">The row's.</param>
    /// <param name="encoding">How the network's targets are encoded.</param>
    public abstract void Add(ReadOnlySpan<float> outputs, RowLabel label, TargetEncoding encoding);

    /// <summary>What the rows tell; null where there are none, or their outputs are not finite.</summary>
    public abstract LearnedCalibration? Learn();
}
