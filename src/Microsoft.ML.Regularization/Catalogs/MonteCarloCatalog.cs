using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Monte-Carlo prediction.</summary>
public static class MonteCarloCatalog
{
    /// <summary>
    /// Adds the mean and the spread of a trained network's predictions under the noise it was trained with: see <see cref="MonteCarloTransformer"/>. There is
    /// nothing to fit; append it to the model that the network is of.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="network">The network, from <c>model.GetNeuralNetwork()</c>; it was trained with dropout or stochastic depth.</param>
    /// <param name="featureColumnName">Column of features: the one that the network was trained on.</param>
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
    public static MonteCarloTransformer MonteCarlo(
        this TransformsCatalog catalog,
        INeuralNetwork network,
        string? featureColumnName = DefaultColumnNames.Features,
        int passes = 50,
        string meanColumnName = "ScoreMean",
        string deviationColumnName = "ScoreDeviation",
        int? seed = null) =>
        catalog.MonteCarlo(network, new MonteCarloOptions
        {
            FeatureColumnName = featureColumnName,
            Passes = passes,
            MeanColumnName = meanColumnName,
            DeviationColumnName = deviationColumnName,
            Seed = seed,
        });

    /// <summary>Adds the mean and the spread of a trained network's predictions: see <see cref="MonteCarloTransformer"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="network">The network, from <c>model.GetNeuralNetwork()</c>; it was trained with dropout or stochastic depth.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range, or the network was trained without noise.</exception>
    public static MonteCarloTransformer MonteCarlo(this TransformsCatalog catalog, INeuralNetwork network, MonteCarloOptions options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new MonteCarloTransformer(CatalogUtils.GetEnvironment(catalog), network, options);
    }
}
