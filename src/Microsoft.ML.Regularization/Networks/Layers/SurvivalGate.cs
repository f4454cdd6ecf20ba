namespace Microsoft.ML.Regularization;

/// <summary>Adds a residual block's branch to its input where the block survives: see <see cref="StochasticDepth"/>. Within a step it draws the same.</summary>
internal sealed class SurvivalGate(StochasticDepth options, double survival, RandomKey key, TrainingClock clock)
{
    public Tensor Add(Tensor input, Func<Tensor, Tensor> branch, bool isTraining)
    {
        if (!isTraining)
            return Scaled(input, branch, options.ScoringFactor(survival));
        if (options.Granularity == StochasticDepthGranularity.Row)
            return input + branch(input) * Draw(input).to(input.device);

        Span<float> factor = stackalloc float[1];
        options.Draw(factor, key, clock.Step, survival);
        return factor[0] == 0 ? input.alias() : Scaled(input, branch, factor[0]);
    }

    /// <summary>One factor for each row: (rows, 1, ...) with as many dimensions as the input.</summary>
    private Tensor Draw(Tensor input)
    {
        var factors = new float[input.shape[0]];
        options.Draw(factors, key, clock.Step, survival);
        var shape = new long[input.dim()];
        Array.Fill(shape, 1);
        shape[0] = factors.Length;
        return FloatTensors.Of(factors, shape);
    }

    private static Tensor Scaled(Tensor input, Func<Tensor, Tensor> branch, float factor) =>
        factor == 1 ? input + branch(input) : input + branch(input) * factor;
}
