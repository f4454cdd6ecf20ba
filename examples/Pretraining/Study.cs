using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Regularization;

namespace Pretraining;

/// <summary>One data set, of which most rows lose their labels.</summary>
internal abstract class Study
{
    // Several ways to learn start from the same weights.
    private readonly ConcurrentDictionary<(string Network, PretextTask Task, int Seed), Lazy<PretrainedWeights>> _weights = [];

    /// <summary>What the marks of its table in the document are called.</summary>
    public abstract string Name { get; }

    /// <summary>What is measured: the less the better.</summary>
    public abstract string Measure { get; }

    /// <summary>The ways to learn; of each network the first starts from nothing.</summary>
    public abstract IReadOnlyList<Variant> Variants { get; }

    /// <summary>Learns, and measures on rows that were not learned from.</summary>
    /// <param name="variant">The way to learn.</param>
    /// <param name="seed">Draws rows, weights and noise.</param>
    /// <param name="isShort">Learns for an epoch on few rows.</param>
    /// <param name="cancellation">Ends it.</param>
    public double Run(Variant variant, int seed, bool isShort, CancellationToken cancellation)
    {
        var ml = new MLContext(seed);
        var draw = Rows(ml, seed, isShort);
        var options = variant.Options with { Seed = seed, CancellationToken = cancellation, MaxEpochs = isShort ? 1 : variant.Options.MaxEpochs };
        if (variant.Start.Task is { } task)
        {
            var pretraining = new PretrainingOptions { Task = task };
            var weights = _weights.GetOrAdd(
                (variant.Network, task, seed), _ => new(() => Pretrain(ml, options, draw.Unlabelled, isShort ? pretraining with { MaxEpochs = 1 } : pretraining)));
            options = options with { Pretrained = weights.Value, FineTuning = variant.Start.Tuning };
        }

        return Test(ml, options, draw);
    }

    protected abstract Draw Rows(MLContext ml, int seed, bool isShort);

    protected abstract PretrainedWeights Pretrain(MLContext ml, NeuralNetworkOptions options, IDataView rows, PretrainingOptions pretraining);

    protected abstract double Test(MLContext ml, NeuralNetworkOptions options, Draw draw);

    /// <summary>Rows of one set: a fifth to test on, and of the others so many whose labels are known.</summary>
    protected static Draw Split(MLContext ml, IDataView rows, double labels, int seed)
    {
        var split = ml.Data.TrainTestSplit(rows, testFraction: 0.2, seed: seed);
        return new Draw(split.TrainSet, ml.Data.TrainTestSplit(split.TrainSet, testFraction: labels, seed: seed + 1000).TestSet, split.TestSet);
    }
}
