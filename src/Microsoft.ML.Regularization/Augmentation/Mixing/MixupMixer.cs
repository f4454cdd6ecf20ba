using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization;

/// <summary>The convex combination of two rows: see <see cref="MixupOptions"/>.</summary>
internal sealed class MixupMixer(double alpha) : FeatureMixer
{
    private float _lambda;

    public override double Draw(ref KeyedStream random)
    {
        var lambda = BetaDistribution.SampleSymmetric(ref random, alpha);
        _lambda = (float)lambda;
        return lambda;
    }

    public override void Mix(in VBuffer<float> own, in VBuffer<float> partner, ref VBuffer<float> mixed) =>
        VectorMixing.Mix(own, partner, _lambda, ref mixed);
}
