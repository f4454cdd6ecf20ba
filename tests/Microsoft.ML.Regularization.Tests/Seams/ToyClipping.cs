using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tests.Seams;

/// <summary>A clipping as somebody would add it: by value, number by number.</summary>
[UnionCase("toy")]
internal sealed record ToyClipping(double MaxValue) : GradientClipping
{
    internal override void Validate(IExceptionContext context) => context.CheckAbove(MaxValue, $"{nameof(GradientClipping)}.{nameof(MaxValue)}", 0);

    internal override GradientClipper CreateClipper(FlatParameters parameters) => new Clipper(this, parameters);

    private sealed class Clipper(ToyClipping options, FlatParameters parameters) : GradientClipper(parameters)
    {
        public override void AfterGradient(double norm)
        {
            var most = (float)options.MaxValue;
            if (!Parameters.UsesSpans)
            {
                using var _ = no_grad();
                Parameters.Gradients.clamp_(-most, most);
                return;
            }

            foreach (ref var gradient in Parameters.GradientSpan)
                gradient = Math.Clamp(gradient, -most, most);
        }
    }
}
