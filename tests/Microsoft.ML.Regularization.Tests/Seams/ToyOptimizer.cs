using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Tests.Seams;

/// <summary>An optimizer as somebody would add it: plain gradient descent.</summary>
[UnionCase("toy")]
internal sealed record ToyOptimizer : Optimizer
{
    internal override int StatesPerWeight => 0;

    internal override void Validate(IExceptionContext context)
    {
    }

    internal override ParameterUpdate CreateUpdate(FlatParameters parameters, WeightShrinkage shrinkage) => new Descent(parameters, shrinkage);

    private sealed class Descent(FlatParameters parameters, WeightShrinkage shrinkage)
        : ParameterUpdate(parameters, shrinkage, hasMomentum: false, hasVariance: false)
    {
        protected override void Update(UpdatedSpans spans, FlatPart part)
        {
            var (rate, shrink) = ((float)part.LearningRate, (float)part.Shrink);
            for (var i = 0; i < spans.Weights.Length; i++)
                spans.Weights[i] = spans.Weights[i] * shrink - rate * spans.Gradients[i];
        }

        protected override void UpdateTensors(FlatPart part) =>
            part.Of(Parameters.Weights).mul_(part.Shrink).sub_(part.Of(Parameters.Gradients) * part.LearningRate);

        protected override StepMetric Metric(double learningRate) => new(learningRate);

        protected override QuietStep Quiet(double learningRate) => new(Rate: 0, Ratio: 0, MomentumDecay: 0, VarianceDecay: 1);
    }
}
