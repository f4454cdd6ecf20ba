using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Mixes the features of two rows, for one cursor.</summary>
internal abstract class FeatureMixer
{
    /// <summary>Decides how the next two rows are mixed.</summary>
    /// <param name="random">The row's own numbers.</param>
    /// <param name="categories">Draws which categories come from the partner.</param>
    /// <returns>The share that the row's own label keeps, from 0 to 1; at 1 the row stays as it is.</returns>
    public abstract double Draw(ref KeyedStream random, CategoryDraw categories);

    /// <summary>Inspects the partner before the rows are mixed.</summary>
    /// <param name="partner">The partner's features.</param>
    /// <param name="share">The share that was drawn.</param>
    /// <returns>The share that the row's own label keeps with this partner; 1 where the partner would spoil the row.</returns>
    public virtual double Meet(in VBuffer<float> partner, double share) => share;

    /// <summary>Mixes as it was drawn last.</summary>
    /// <param name="features">The row's own features, which become mixed ones.</param>
    /// <param name="partner">Those of the partner.</param>
    public abstract void Mix(ref VBuffer<float> features, in VBuffer<float> partner);
}
