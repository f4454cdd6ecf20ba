namespace Microsoft.ML.Regularization;

/// <summary>Adds a residual block's branch to its input where the block survives: see <see cref="StochasticDepth"/>. Within a step it draws the same.</summary>
internal sealed class SurvivalGate(StochasticDepth options, double survival, RandomKey key, TrainingClock clock)
{
    public Tensor Add(Tensor input, Func<Tensor, Tensor> branch, bool isTraining)
    {
        if (!isTraining)
            return Scaled(input, branch, options.ScoringFactor(survival));
        if (options.Granularity == StochasticDepthGranularity.Row)
            return input + branch(input) * Draw((int)input.shape[0]).to(input.device);

        Span<float> factor = stackalloc float[1];
        options.Draw(factor, key, clock.Step, survival);
        return factor[0] == 0 ? input.alias() : Scaled(input, branch, factor[0]);
    }

    private Tensor Draw(int rows)
    {
        var factors = new float[rows];
        options.Draw(factors, key, clock.Step, survival);
        return FloatTensors.Of(factors, rows, 1);
    }

    private static Tensor Scaled(Tensor input, Func<Tensor, Tensor> branch, float factor) =>
        factor == 1 ? input + branch(input) : input + branch(input) * factor;
}
