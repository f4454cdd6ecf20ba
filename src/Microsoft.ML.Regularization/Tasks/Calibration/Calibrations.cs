namespace Microsoft.ML.Regularization;

/// <summary>The calibrations that a trainer can be given, as members of <see cref="Calibration"/>: <c>Calibration.None</c>.</summary>
public static class Calibrations
{
    extension(Calibration)
    {
        /// <summary>Probabilities stay as the network gives them.</summary>
        public static NoCalibration None => new();

        /// <summary>One temperature for all logits.</summary>
        /// <param name="priorDeviation">See <see cref="TemperatureScaling.PriorDeviation"/>.</param>
        public static TemperatureScaling Temperature(double priorDeviation = TemperatureScaling.DefaultPriorDeviation) => new() { PriorDeviation = priorDeviation };

        /// <summary>One temperature for all logits and an offset for each class, without class weights.</summary>
        /// <param name="priorDeviation">See <see cref="AffineCalibration.PriorDeviation"/>.</param>
        public static AffineCalibration Affine(double priorDeviation = TemperatureScaling.DefaultPriorDeviation) => new() { PriorDeviation = priorDeviation };
    }
}
