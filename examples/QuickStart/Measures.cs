using Microsoft.ML;
using Microsoft.ML.Data;

namespace QuickStart;

/// <summary>How good a model is on rows it was not trained on; of each measure, less is better.</summary>
/// <param name="Error">The share of rows put into a wrong class, from 0 to 1.</param>
/// <param name="LogLoss">The mean of <c>-ln p</c> in nats, p the probability given to the row's class.</param>
/// <param name="CalibrationError">See <see cref="QuickStart.CalibrationError"/>.</param>
internal sealed record Measures(double Error, double LogLoss, double CalibrationError)
{
    public static Measures Of(MLContext ml, IDataView scored)
    {
        var metrics = ml.MulticlassClassification.Evaluate(scored);
        var probabilities = scored.GetColumn<float[]>("Score").ToList();
        var classes = scored.GetColumn<uint>("Label").Select(key => (int)key - 1).ToList();
        return new Measures(1 - metrics.MicroAccuracy, metrics.LogLoss, QuickStart.CalibrationError.Of(probabilities, classes));
    }
}
