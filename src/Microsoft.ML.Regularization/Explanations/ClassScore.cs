using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization.Explanations;

/// <summary>The log-odds of one of several classes against all others, calibrated.</summary>
internal sealed class ClassScore(int width, IReadOnlyList<double> shares, LearnedCalibration calibration) : ExplainedScore(width, shares)
{
    private readonly ProbabilityMean _mean = new(width, shares);

    public override double Of(ReadOnlySpan<float> outputs, int explained)
    {
        var probabilities = ProbabilitiesOf(outputs);
        var others = 0.0;
        for (var k = 0; k < Width; k++)
            others += k == explained ? 0 : Mixed(probabilities[k]);
        return Math.Log(Mixed(probabilities[explained])) - Math.Log(others);
    }

    public override void Differentiate(ReadOnlySpan<float> outputs, int explained, Span<float> gradient)
    {
        // Of s = log(p_k / (1 - p_k)) with p = (1 - u) q + u / classes and q = softmax(z): ds / dz_c = (1 - u) q_k ((c = k) - q_c) / (p_k (1 - p_k)).
        var probabilities = ProbabilitiesOf(outputs);
        var own = probabilities[explained];
        var others = 0.0;
        var rest = 0.0;
        for (var k = 0; k < Width; k++)
        {
            others += k == explained ? 0 : Mixed(probabilities[k]);
            rest += k == explained ? 0 : probabilities[k];
        }

        var slope = (1 - calibration.UniformShare) * own / (Mixed(own) * others * calibration.Temperature);
        var given = new float[Width];
        for (var k = 0; k < Width; k++)
            given[k] = (float)(slope * (k == explained ? rest : -probabilities[k]));
        if (Shares.Count == 1)
            given.CopyTo(gradient);
        else
            MeanGradient.Of(outputs, Shares, areLogits: true, given, gradient);
    }

    public override int Choose(ReadOnlySpan<float> outputs) => TensorPrimitives.IndexOfMax(ProbabilitiesOf(outputs).AsSpan());

    private double Mixed(double probability) => (1 - calibration.UniformShare) * probability + calibration.UniformShare / Width;

    // Before they are mixed with the uniform distribution.
    private double[] ProbabilitiesOf(ReadOnlySpan<float> outputs)
    {
        var mean = new float[Width];
        if (Shares.Count == 1)
            outputs.CopyTo(mean);
        else
            _mean.Compute(outputs, count: 1, mean);
        var logits = Array.ConvertAll(mean, output => output / calibration.Temperature);
        for (var k = 0; k < Width && calibration.Offsets is { } offsets; k++)
            logits[k] += offsets[k];
        TensorPrimitives.Subtract(logits, TensorPrimitives.Max<double>(logits), logits);
        TensorPrimitives.SoftMax<double>(logits, logits);
        return logits;
    }
}
