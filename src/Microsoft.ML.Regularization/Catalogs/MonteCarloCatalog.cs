using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Monte-Carlo prediction.</summary>
public static class MonteCarloCatalog
{
    /// <summary>
    /// Adds the mean and the spread of predictions under the noise that a network was trained with, behind its trainer in a pipeline: see
    /// <see cref="MonteCarloTransformer"/>.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="passes">Networks to draw, from 2 to 10000.</param>
    /// <param name="meanColumnName">New column: the mean prediction.</param>
    /// <param name="deviationColumnName">New column: the standard deviation of predictions.</param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <example><code>
    /// var model = ml.Transforms.Concatenate("Features", "Age", "Income")
    ///     .Append(ml.Regression.Trainers.NeuralNetwork())
    ///     .Append(ml.Transforms.MonteCarlo(passes: 100))
    ///     .Fit(train);
    /// </code></example>
    public static MonteCarloEstimator MonteCarlo(
        this TransformsCatalog catalog,
        int passes = 50,
        string meanColumnName = "ScoreMean",
        string deviationColumnName = "ScoreDeviation",
        int? seed = null) =>
        catalog.MonteCarlo(Options(null, passes, meanColumnName, deviationColumnName, seed));

    /// <summary>Adds the mean and the spread of a network's predictions, behind its trainer in a pipeline: see <see cref="MonteCarloTransformer"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static MonteCarloEstimator MonteCarlo(this TransformsCatalog catalog, MonteCarloOptions options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new MonteCarloEstimator(CatalogUtils.GetEnvironment(catalog), options);
    }

    /// <summary>
    /// Adds the mean and the spread of a given network's predictions under the noise it was trained with: see <see cref="MonteCarloTransformer"/>. Append it to the model
    /// that the network is of.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="network">The network, from <c>model.GetNeuralNetwork()</c>; it was trained with dropout or stochastic depth.</param>
    /// <param name="featureColumnName">Column of features: the one that the network was trained on; null for Features.</param>
    /// <param name="passes">Networks to draw, from 2 to 10000.</param>
    /// <param name="meanColumnName">New column: the mean prediction.</param>
    /// <param name="deviationColumnName">New column: the standard deviation of predictions.</param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range, or the network was trained without noise.</exception>
    /// <example><code>
    /// var model = pipeline.Fit(train);
    /// var withSpread = model.Append(ml.Transforms.MonteCarlo(model.GetNeuralNetwork(), passes: 100));
    /// ml.Model.Save(withSpread, train.Schema, "model.zip");
    /// </code></example>
    public static MonteCarloEstimator MonteCarlo(
        this TransformsCatalog catalog,
        TrainedNetwork network,
        string? featureColumnName = null,
        int passes = 50,
        string meanColumnName = "ScoreMean",
        string deviationColumnName = "ScoreDeviation",
        int? seed = null) =>
        catalog.MonteCarlo(network, Options(featureColumnName, passes, meanColumnName, deviationColumnName, seed));

    /// <summary>Adds the mean and the spread of a given network's predictions: see <see cref="MonteCarloTransformer"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="network">The network, from <c>model.GetNeuralNetwork()</c>; it was trained with dropout or stochastic depth.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range, or the network was trained without noise.</exception>
    public static MonteCarloEstimator MonteCarlo(this TransformsCatalog catalog, TrainedNetwork network, MonteCarloOptions options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(network, nameof(network));
        return new MonteCarloEstimator(CatalogUtils.GetEnvironment(catalog), options, network);
    }

    private static MonteCarloOptions Options(string? featureColumnName, int passes, string meanColumnName, string deviationColumnName, int? seed) => new()
    {
        FeatureColumnName = featureColumnName,
        Passes = passes,
        MeanColumnName = meanColumnName,
        DeviationColumnName = deviationColumnName,
        Seed = seed,
    };
}
