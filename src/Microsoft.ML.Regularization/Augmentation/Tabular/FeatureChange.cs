using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Changes the features of one row after another, for one cursor.</summary>
internal abstract class FeatureChange
{
    /// <param name="source">The features as they are, dense or sparse.</param>
    /// <param name="result">Receives the changed features.</param>
    /// <param name="random">The row's own numbers.</param>
    public abstract void Apply(in VBuffer<float> source, ref VBuffer<float> result, ref KeyedStream random);
}
