using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Search;

/// <summary>A density that values of one dimension suggest.</summary>
internal interface IParzenEstimator
{
    /// <summary>Draws a value.</summary>
    double Draw(ref KeyedStream stream);

    double LogDensityAt(double value);
}
