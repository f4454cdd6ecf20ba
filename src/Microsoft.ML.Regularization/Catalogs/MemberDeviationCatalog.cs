using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>The members' deviation.</summary>
public static class MemberDeviationCatalog
{
    private const string DefaultColumnName = "MemberDeviation";

    /// <summary>
    /// Adds the standard deviation of the predictions of a model's members, behind its trainer in a pipeline: see <see cref="MemberDeviationTransformer"/>.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="deviationColumnName">New column: the standard deviation of the members' predictions.</param>
    /// <param name="featureColumnName">Column of features; null for the one that the trainer before it read.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <example><code>
    /// var model = ml.Transforms.Concatenate("Features", "Age", "Income")
    ///     .Append(ml.Regression.Trainers.NeuralNetwork(new NeuralNetworkOptions { Members = 5 }))
    ///     .Append(ml.Transforms.MemberDeviation())
    ///     .Fit(train);
    /// </code></example>
    public static MemberDeviationEstimator MemberDeviation(
        this TransformsCatalog catalog, string deviationColumnName = DefaultColumnName, string? featureColumnName = null) =>
        catalog.MemberDeviation(new MemberDeviationOptions { FeatureColumnName = featureColumnName, DeviationColumnName = deviationColumnName });

    /// <summary>
    /// Adds the standard deviation of the predictions of a model's members, behind its trainer in a pipeline: see <see cref="MemberDeviationTransformer"/>.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static MemberDeviationEstimator MemberDeviation(this TransformsCatalog catalog, MemberDeviationOptions options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new MemberDeviationEstimator(CatalogUtils.GetEnvironment(catalog), options);
    }

    /// <summary>
    /// Adds the standard deviation of the predictions of a given network's members: see <see cref="MemberDeviationTransformer"/>. Append it to the model that the
    /// network is of.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="network">The network, from <c>model.GetNeuralNetwork()</c>; the mean of several, or TabM.</param>
    /// <param name="featureColumnName">Column of features: the one that the network was trained on; null for Features.</param>
    /// <param name="deviationColumnName">New column: the standard deviation of the members' predictions.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range, or the network has no members.</exception>
    /// <example><code>
    /// var model = pipeline.Fit(train);
    /// var withDeviation = model.Append(ml.Transforms.MemberDeviation(model.GetNeuralNetwork()));
    /// ml.Model.Save(withDeviation, train.Schema, "model.zip");
    /// </code></example>
    public static MemberDeviationEstimator MemberDeviation(
        this TransformsCatalog catalog, TrainedNetwork network, string? featureColumnName = null, string deviationColumnName = DefaultColumnName) =>
        catalog.MemberDeviation(network, new MemberDeviationOptions { FeatureColumnName = featureColumnName, DeviationColumnName = deviationColumnName });

    /// <summary>Adds the standard deviation of the predictions of a given network's members: see <see cref="MemberDeviationTransformer"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="network">The network, from <c>model.GetNeuralNetwork()</c>; the mean of several, or TabM.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range, or the network has no members.</exception>
    public static MemberDeviationEstimator MemberDeviation(this TransformsCatalog catalog, TrainedNetwork network, MemberDeviationOptions options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(network, nameof(network));
        return new MemberDeviationEstimator(CatalogUtils.GetEnvironment(catalog), options, network);
    }
}
