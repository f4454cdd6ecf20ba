using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Stochastic depth: while training, residual blocks are skipped at random, so that <c>x + f(x)</c> becomes <c>x</c>; at scoring all of them are active
/// (Huang, Sun, Liu, Sedra and Weinberger, "Deep networks with stochastic depth", 2016). For architectures with residual blocks, such as
/// <see cref="ResidualMlpArchitecture"/>.
/// </summary>
/// <remarks>
/// A block that is skipped for a whole batch has no gradient; the optimizer still moves its weights by momentum and decays them. The running statistics of
/// batch normalization inside it stay as they are.
/// </remarks>
public sealed record StochasticDepth
{
    /// <summary>
    /// Survival probability of the last block, that is, the probability that it is active in a training step: above 0 (almost never) to 1 (nothing is
    /// skipped); 0.5 to 0.8 is usual. Default: 0.8.
    /// </summary>
    public double SurvivalProbability { get; init; } = 0.8;

    /// <summary>The probabilities of the blocks before the last one. Default: <see cref="StochasticDepthSchedule.Linear"/>.</summary>
    public StochasticDepthSchedule Schedule { get; init; } = StochasticDepthSchedule.Linear;

    /// <summary>Whether a block is skipped for a whole batch or for each row by itself. Default: <see cref="StochasticDepthGranularity.Batch"/>.</summary>
    public StochasticDepthGranularity Granularity { get; init; } = StochasticDepthGranularity.Batch;

    /// <summary>Whether skipped blocks are compensated for in training or at scoring. Default: <see cref="StochasticDepthForm.Inverted"/>.</summary>
    public StochasticDepthForm Form { get; init; } = StochasticDepthForm.Inverted;

    /// <summary>Whether any block is ever skipped.</summary>
    internal bool Skips => SurvivalProbability < 1;

    /// <summary>The probability that a block, counted from 0, survives: equation 4 of the paper, which counts from 1.</summary>
    internal double SurvivalOf(int block, int blocks) =>
        Schedule == StochasticDepthSchedule.Linear ? 1 - (block + 1.0) / blocks * (1 - SurvivalProbability) : SurvivalProbability;

    /// <summary>The factor of a surviving block's output while training.</summary>
    internal float TrainingFactor(double survival) => Form == StochasticDepthForm.Inverted ? (float)(1 / survival) : 1;

    /// <summary>The factor of a block's output at scoring.</summary>
    internal float ScoringFactor(double survival) => Form == StochasticDepthForm.Inverted ? 1 : (float)survival;

    /// <summary>The factors of a block's outputs in a training step: 0 where it is skipped. The first do not depend on how many there are.</summary>
    internal void Draw(Span<float> factors, RandomKey key, ulong step, double survival)
    {
        var random = new KeyedStream(key, step);
        var kept = TrainingFactor(survival);
        foreach (ref var factor in factors)
            factor = random.NextDouble() < survival ? kept : 0;
    }

    internal Demand Demand => new(
        nameof(StochasticDepth), ToString(), Capabilities.ResidualBlocks, "skips residual blocks",
        "take one that has some, such as NetworkArchitecture.ResidualMlp, ResNet or a transformer, or leave StochasticDepth out");

    /// <summary>Creates the gate that skips a residual block, counted from 0, while training.</summary>
    internal SurvivalGate Gate(int block, int blocks, NoiseSource source) =>
        new(this, SurvivalOf(block, blocks), source.Key.Derive("stochastic depth").Derive((ulong)block), source.Clock);

    /// <summary>The factor of each residual block's change in one pass of Monte Carlo prediction; 0 where the block is skipped.</summary>
    internal float[] FactorsOf(int blocks, RandomKey key, ulong pass)
    {
        var factors = new float[blocks];
        for (var block = 0; block < blocks; block++)
            Draw(factors.AsSpan(block, 1), key.Derive("block").Derive((ulong)block), pass, SurvivalOf(block, blocks));
        return factors;
    }

    internal void Validate(IExceptionContext context)
    {
        context.CheckAboveZeroToOne(SurvivalProbability, $"{nameof(StochasticDepth)}.{nameof(SurvivalProbability)}");
        context.CheckDefined(Schedule, $"{nameof(StochasticDepth)}.{nameof(Schedule)}");
        context.CheckDefined(Granularity, $"{nameof(StochasticDepth)}.{nameof(Granularity)}");
        context.CheckDefined(Form, $"{nameof(StochasticDepth)}.{nameof(Form)}");
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var schedule = Schedule == StochasticDepthSchedule.Linear ? "" : " in all blocks";
        var granularity = Granularity == StochasticDepthGranularity.Batch ? "" : " by row";
        var form = Form == StochasticDepthForm.Inverted ? "" : ", original form";
        return string.Create(CultureInfo.InvariantCulture, $"stochastic depth {SurvivalProbability}{schedule}{granularity}{form}");
    }
}

/// <summary>How the survival probability of residual blocks depends on their depth.</summary>
public enum StochasticDepthSchedule
{
    /// <summary>
    /// Falling with depth: block l of L survives with <c>1 - l / L * (1 - p)</c>, where p is the last one's probability. The first blocks extract features
    /// that all others use, so they are skipped least.
    /// </summary>
    Linear,

    /// <summary>The same for all blocks.</summary>
    Constant,
}

/// <summary>Whether stochastic depth skips a residual block for a whole batch or row by row.</summary>
public enum StochasticDepthGranularity
{
    /// <summary>The whole batch, as in the paper: the block is not computed at all, which saves its time.</summary>
    Batch,

    /// <summary>Each row by itself: a step trains more different networks, but all blocks are computed.</summary>
    Row,
}

/// <summary>Where stochastic depth compensates for the blocks skipped in training; both agree in expectation over the draws.</summary>
public enum StochasticDepthForm
{
    /// <summary>In training: what a surviving block adds is divided by its survival probability, and scoring changes nothing (DropPath).</summary>
    Inverted,

    /// <summary>At scoring: what a block adds is multiplied by its survival probability, and training changes nothing, as in the paper.</summary>
    Original,
}
