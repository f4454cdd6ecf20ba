namespace Microsoft.ML.Regularization.Tasks;

/// <summary>The output becomes the probability of true, its sigmoid.</summary>
internal sealed class SigmoidLink : OutputLink
{
    public override void Apply(Span<float> outputs) => outputs[0] = 1 / (1 + MathF.Exp(-outputs[0]));
}
