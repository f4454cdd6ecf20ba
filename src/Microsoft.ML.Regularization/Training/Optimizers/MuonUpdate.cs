using TorchSharp;
using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Computes the steps of <see cref="MuonOptimizer"/>: directions of hidden matrices first, in the place of their gradients, then all weights at once.</summary>
internal sealed class MuonUpdate : ParameterUpdate
{
    private readonly MuonOptimizer _options;
    private readonly MatrixRange[] _hidden;
    private readonly NewtonSchulz _iteration = new();
    private AdamUpdate.Coefficients _coefficients;

    public MuonUpdate(MuonOptimizer options, FlatParameters parameters, WeightShrinkage shrinkage)
        : base(parameters, shrinkage, hasMomentum: true, hasVariance: true)
    {
        _options = options;
        _hidden = [.. parameters.Matrices.Where(IsHidden)];
    }

    protected override void BeginStep(double learningRate)
    {
        _coefficients = new AdamUpdate.Coefficients(_options.Others, learningRate, StepNumber);
        if (Parameters.UsesSpans)
        {
            foreach (var matrix in _hidden)
                Direct(matrix);
            return;
        }

        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        foreach (var matrix in _hidden)
            DirectTensors(matrix);
    }

    protected override void Update(UpdatedSpans spans, FlatPart part)
    {
        foreach (var (start, length, isHidden) in Stretches(part))
        {
            var own = new UpdatedSpans(
                spans.Weights.Slice(start, length), spans.Gradients.Slice(start, length), spans.Momentum.Slice(start, length), spans.Variance.Slice(start, length));
            if (isHidden)
            {
                TensorPrimitives.Multiply(own.Weights, (float)part.Shrink, own.Weights);
                TensorPrimitives.MultiplyAdd(own.Gradients, (float)-RateOf(part), own.Weights, own.Weights);
                own.Variance.Fill((float)PlainVariance);
            }
            else
            {
                AdamUpdate.Update(own.Weights, own.Gradients, own.Momentum, own.Variance, _coefficients.At(part), (float)part.Shrink);
            }
        }
    }

    protected override void UpdateTensors(FlatPart part)
    {
        foreach (var (start, length, isHidden) in Stretches(part))
        {
            var own = part with { Start = part.Start + start, Length = length };
            var (weights, gradients, variance) = (own.Of(Parameters.Weights), own.Of(Parameters.Gradients), own.Of(Variance!));
            if (isHidden)
            {
                weights.Multiply(part.Shrink).Add(gradients, -RateOf(part));
                variance.Fill(PlainVariance);
            }
            else
            {
                AdamUpdate.Update(weights, gradients, own.Of(Momentum!), variance, _coefficients.At(part), part.Shrink);
            }
        }
    }

    protected override StepMetric Metric(double learningRate) => new(learningRate, Momentum: 0, _coefficients.RootScale, _options.Epsilon);

    protected override QuietStep Quiet(double learningRate) => new(
        _coefficients.StepSize / _coefficients.RootScale,
        _options.Beta1 / Math.Sqrt(_options.Beta2),
        _options.Beta1,
        _options.Beta2,
        _options.Epsilon / _coefficients.RootScale);

    // A penalty's own step divides by the root of the variance, which these matrices have none of: with this one it is that of plain gradient descent.
    private double PlainVariance => 1 / (_coefficients.RootScale * _coefficients.RootScale);

    private double RateOf(FlatPart part) => part.LearningRate * _options.MatrixRate;

    private void Direct(MatrixRange matrix)
    {
        var gradient = matrix.In(Parameters.GradientSpan);
        var momentum = matrix.In(FlatParameters.SpanOf(Momentum!));
        TensorPrimitives.Multiply(momentum, (float)_options.Momentum, momentum);
        TensorPrimitives.MultiplyAdd(gradient, (float)(1 - _options.Momentum), momentum, momentum);
        TensorPrimitives.Multiply(gradient, (float)(1 - _options.Momentum), gradient);
        TensorPrimitives.MultiplyAdd(momentum, (float)_options.Momentum, gradient, gradient);
        _iteration.Apply(gradient, (int)matrix.Columns, _options.Iterations);
        TensorPrimitives.Multiply(gradient, (float)SizeOf(matrix), gradient);
    }

    private void DirectTensors(MatrixRange matrix)
    {
        var (gradient, momentum) = (matrix.In(Parameters.Gradients), matrix.In(Momentum!));
        momentum.Multiply(_options.Momentum).Add(gradient, 1 - _options.Momentum);
        gradient.Multiply(1 - _options.Momentum).Add(momentum, _options.Momentum);
        gradient.copy_(NewtonSchulz.Of(gradient, _options.Iterations).Times(SizeOf(matrix)));
    }

    private static double SizeOf(MatrixRange matrix) => Math.Sqrt(Math.Max(1, (double)matrix.Length / matrix.Columns / matrix.Columns)) / matrix.Scale;

    // Outputs and tables are no hidden layers. Where rows may be sparse, their first layer is Adam's, whether they are or not.
    private static bool IsHidden(MatrixRange matrix) =>
        matrix.Columns > 1 && matrix.Columns < MuonOptimizer.MostColumns && matrix.Length > matrix.Columns
        && !matrix.Name.StartsWith("output", StringComparison.Ordinal) && !matrix.Name.StartsWith("categories", StringComparison.Ordinal)
        && matrix.Name != "embedding.weight";

    private IEnumerable<(int Start, int Length, bool IsHidden)> Stretches(FlatPart part)
    {
        var (start, end) = (part.Start, part.Start + part.Length);
        foreach (var matrix in _hidden)
        {
            var (first, last) = (Math.Max(start, matrix.Start), Math.Min(end, matrix.Start + matrix.Length));
            if (first >= last)
                continue;
            if (first > start)
                yield return ((int)(start - part.Start), (int)(first - start), false);
            yield return ((int)(first - part.Start), (int)(last - first), true);
            start = last;
        }

        if (end > start)
            yield return ((int)(start - part.Start), (int)(end - start), false);
    }
}
