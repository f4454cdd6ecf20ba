using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Stochastic weight averaging (Izmailov, Podoprikhin, Garipov, Vetrov and Wilson, "Averaging weights leads to wider optima and better generalization",
/// 2018): the equal average of the weights at the end of epochs. Before the first averaged epoch, validation and model use the weights themselves. The paper
/// keeps the learning rate high while it averages; here the schedule is set separately, and one that ends in small steps leaves little to average.
/// </summary>
/// <param name="StartFraction">
/// The share of <see cref="NeuralNetworkOptions.MaxEpochs"/> before the first epoch averaged, at least 0 (all are averaged) and below 1; 0.75 is usual.
/// Early stopping may end training before.
/// </param>
/// <param name="EveryEpochs">Epochs from one that is averaged to the next, at least 1 (every one).</param>
[UnionCase("stochastic")]
public sealed record StochasticWeightAveraging(double StartFraction, int EveryEpochs) : WeightAveraging
{
    internal override void Validate(IExceptionContext context)
    {
        context.CheckFromZeroToBelowOne(StartFraction, $"{nameof(WeightAveraging)}.{nameof(StartFraction)}");
        context.CheckAtLeast(EveryEpochs, $"{nameof(WeightAveraging)}.{nameof(EveryEpochs)}", 1);
    }

    internal override WeightAverage CreateAverage(FlatParameters parameters, IStatisticsRefresh refresh, int maxEpochs) =>
        new StochasticAverage(this, parameters, refresh, maxEpochs);

    /// <inheritdoc/>
    public override string ToString()
    {
        var every = EveryEpochs == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", every {EveryEpochs} epochs");
        return string.Create(CultureInfo.InvariantCulture, $"stochastic weight averaging from {StartFraction:0.####%}{every}");
    }
}
