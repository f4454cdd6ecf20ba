using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>The convex combination of two rows: see <see cref="MixupOptions"/>.</summary>
internal sealed class MixupMixer(double alpha) : FeatureMixer
{
    private readonly GapMixing _gaps = new();
    private float _lambda;
    private KeyedStream _next;
    private VBuffer<float> _spare;

    public override double Draw(ref KeyedStream random, CategoryDraw categories)
    {
        var lambda = BetaDistribution.SampleSymmetric(ref random, alpha);
        _lambda = (float)lambda;
        categories.Draw(random, 1 - lambda);
        _next = random;
        return lambda;
    }

    public override void Mix(ref VBuffer<float> features, in VBuffer<float> partner)
    {
        _gaps.Draw(features, partner, _lambda, _next);
        if (features.IsDense && partner.IsDense)
        {
            var editor = VBufferEditor.CreateFromBuffer(ref features);
            VectorMixing.Mix(editor.Values, partner.GetValues(), _lambda);
        }
        else
        {
            VectorMixing.Mix(features, partner, _lambda, ref _spare);
            (features, _spare) = (_spare, features);
        }

        _gaps.Write(ref features);
    }
}
