namespace Microsoft.ML.Regularization.Tasks;

/// <summary>The output becomes the target in its own units.</summary>
internal sealed class TargetScaleLink(TargetScale scale) : OutputLink
{
    public override void Apply(Span<float> outputs) => outputs[0] = (float)scale.Predict(outputs[0]);
}
