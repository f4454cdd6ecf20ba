using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;

namespace NetworkRecipes;

/// <summary>One data set and the ways to train on it, of which each adds one regularizer to the one before, or changes one.</summary>
internal abstract class Study
{
    /// <summary>What the marks of its table in the document are called.</summary>
    public abstract string Name { get; }

    public abstract IReadOnlyList<Variant> Variants { get; }

    /// <summary>Trains and tests.</summary>
    /// <param name="variant">The way to train.</param>
    /// <param name="seed">Draws rows, weights and noise.</param>
    /// <param name="isShort">Trains for an epoch on few rows.</param>
    /// <param name="cancellation">Ends training.</param>
    public Measures Run(Variant variant, int seed, bool isShort, CancellationToken cancellation)
    {
        var ml = new MLContext(seed);
        var (train, test, pipeline) = Prepare(ml, variant, seed, isShort);
        var options = Options(isShort) with { Architecture = variant.Architecture, Recipe = variant.Recipe, CancellationToken = cancellation };
        var clock = Stopwatch.StartNew();
        var model = pipeline.Append(ml.MulticlassClassification.Trainers.NeuralNetwork(options)).Fit(train);
        var seconds = clock.Elapsed.TotalSeconds;
        var metrics = ml.MulticlassClassification.Evaluate(model.Transform(test));
        return new Measures(1 - metrics.MicroAccuracy, metrics.LogLoss, model.GetNeuralNetwork().History.Epochs[^1].TrainingLoss, seconds);
    }

    protected abstract (IDataView Train, IDataView Test, EstimatorChain<ITransformer> Pipeline) Prepare(MLContext ml, Variant variant, int seed, bool isShort);

    protected abstract NeuralNetworkOptions Options(bool isShort);
}
