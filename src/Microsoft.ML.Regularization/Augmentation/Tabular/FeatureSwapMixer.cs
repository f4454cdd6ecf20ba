using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>A row with some features of another: see <see cref="FeatureSwapOptions"/>.</summary>
internal sealed class FeatureSwapMixer(FeatureUnits units, int[] swappable, double rate) : FeatureMixer
{
    private readonly UnitDraw _swapped = new(swappable, rate);
    private VBuffer<float> _spare;

    public override double Draw(ref KeyedStream random, CategoryDraw categories)
    {
        _swapped.Draw(ref random);
        categories.Draw(random, rate);
        return 1 - (double)(_swapped.Units.Length + categories.Taken) / (units.Count + categories.Count);
    }

    public override void Mix(ref VBuffer<float> features, in VBuffer<float> partner)
    {
        RangeReplacement.Apply(features, partner, units, _swapped.Units, ref _spare);
        (features, _spare) = (_spare, features);
    }
}
