using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>Adds a residual block's branch to its input where the block survives: see <see cref="StochasticDepth"/>. Within a step it draws the same.</summary>
internal sealed class SurvivalGate(StochasticDepth options, double survival, RandomKey key, TrainingClock clock)
{
    /// <summary>Whether the branch survives for all rows of a batch or for none.</summary>
    public bool IsOfBatch => options.Granularity == StochasticDepthGranularity.Batch;

    /// <summary>What the branch of each row is multiplied by; 0 where it is skipped. The first rows' do not depend on how many there are.</summary>
    public void Draw(Span<float> factors, bool isTraining)
    {
        if (!isTraining)
        {
            factors.Fill(options.ScoringFactor(survival));
            return;
        }

        var drawn = IsOfBatch ? factors[..1] : factors;
        options.Draw(drawn, key, clock.Step, survival);
        if (IsOfBatch)
            factors.Fill(drawn[0]);
    }

    public Tensor Add(Tensor input, Func<Tensor, Tensor> branch, bool isTraining)
    {
        if (!isTraining)
            return Scaled(input, branch, options.ScoringFactor(survival));
        if (!IsOfBatch)
            return input.Plus(branch(input) * Draw(input));

        Span<float> factor = stackalloc float[1];
        options.Draw(factor, key, clock.Step, survival);
        return factor[0] == 0 ? input.alias() : Scaled(input, branch, factor[0]);
    }

    /// <summary>A factor for each row (rows, ...), in as many dimensions as the rows have.</summary>
    private Tensor Draw(Tensor input)
    {
        var factors = new float[input.shape[0]];
        options.Draw(factors, key, clock.Step, survival);
        long[] shape = [factors.Length, .. Enumerable.Repeat(1L, (int)input.dim() - 1)];
        return FloatTensors.Of(factors, shape).to(input.device);
    }

    private static Tensor Scaled(Tensor input, Func<Tensor, Tensor> branch, float factor) =>
        factor == 1 ? input.Plus(branch(input)) : input.Plus(branch(input).Times(factor));
}
