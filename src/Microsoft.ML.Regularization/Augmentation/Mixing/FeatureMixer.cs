using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization;

/// <summary>Mixes the features of two rows, for one cursor.</summary>
internal abstract class FeatureMixer
{
    /// <summary>Decides how the next two rows are mixed.</summary>
    /// <param name="random">The row's own numbers.</param>
    /// <returns>The share that the row's own label keeps, from 0 to 1; at 1 the row stays as it is.</returns>
    public abstract double Draw(ref KeyedStream random);

    /// <summary>Mixes as it was drawn last.</summary>
    public abstract void Mix(in VBuffer<float> own, in VBuffer<float> partner, ref VBuffer<float> mixed);
}
