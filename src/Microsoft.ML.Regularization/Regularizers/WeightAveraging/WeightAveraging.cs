using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Validation and the model take an average of the weights over training instead of the last weights. Where the network has batch normalization,
/// its running statistics are taken anew for the average, by a pass over the training rows without noise, in which all rows count alike;
/// training itself goes on with its own.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ExponentialAveraging), "exponential")]
[JsonDerivedType(typeof(StochasticWeightAveraging), "stochastic")]
public abstract record WeightAveraging
{
    private protected WeightAveraging()
    {
    }

    internal abstract void Validate(IExceptionContext context);

    /// <summary>An average over the last steps, in which older weights fade.</summary>
    /// <param name="decay">How much of the average stays in a step, at least 0 (the last weights) and below 1 (the average never moves).</param>
    public static WeightAveraging Exponential(double decay = 0.999) => new ExponentialAveraging(decay);

    /// <summary>The equal average of the weights at the end of the last epochs.</summary>
    /// <param name="startFraction">The share of the epochs before the first one averaged, at least 0 (all are averaged) and below 1.</param>
    /// <param name="everyEpochs">Epochs from one that is averaged to the next, at least 1 (every one).</param>
    public static WeightAveraging Stochastic(double startFraction = 0.75, int everyEpochs = 1) => new StochasticWeightAveraging(startFraction, everyEpochs);
}

/// <summary>
/// Exponential moving average of the weights (Polyak and Juditsky, 1992). The first step copies; step n later,
/// <c>average = d_n * average + (1 - d_n) * weights</c> with <c>d_n = min(Decay, (1 + n) / (10 + n))</c>, a warm-up without which the first weights would
/// weigh for long.
/// </summary>
/// <param name="Decay">
/// How much of the average stays in a step, at least 0 (the last weights) and below 1 (the average never moves); it reaches back about
/// 1 / (1 - Decay) steps; 0.999 is usual.
/// </param>
public sealed record ExponentialAveraging(double Decay) : WeightAveraging
{
    internal override void Validate(IExceptionContext context) =>
        context.CheckFromZeroToBelowOne(Decay, $"{nameof(WeightAveraging)}.{nameof(Decay)}");

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"weight averaging {Decay}");
}

/// <summary>
/// Stochastic weight averaging (Izmailov, Podoprikhin, Garipov, Vetrov and Wilson, "Averaging weights leads to wider optima and better generalization",
/// 2018): the equal average of the weights at the end of epochs. Before the first of them validation and model take the weights themselves. The paper
/// keeps the learning rate high while it averages; here the schedule is a choice of its own, and one that ends in small steps leaves little to average.
/// </summary>
/// <param name="StartFraction">
/// The share of <see cref="NeuralNetworkOptions.MaxEpochs"/> before the first epoch averaged, at least 0 (all are averaged) and below 1; 0.75 is usual.
/// Early stopping may end training before.
/// </param>
/// <param name="EveryEpochs">Epochs from one that is averaged to the next, at least 1 (every one).</param>
public sealed record StochasticWeightAveraging(double StartFraction, int EveryEpochs) : WeightAveraging
{
    internal override void Validate(IExceptionContext context)
    {
        context.CheckFromZeroToBelowOne(StartFraction, $"{nameof(WeightAveraging)}.{nameof(StartFraction)}");
        context.CheckAtLeast(EveryEpochs, $"{nameof(WeightAveraging)}.{nameof(EveryEpochs)}", 1);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var every = EveryEpochs == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", every {EveryEpochs} epochs");
        return string.Create(CultureInfo.InvariantCulture, $"stochastic weight averaging from {StartFraction:0.####%}{every}");
    }
}
