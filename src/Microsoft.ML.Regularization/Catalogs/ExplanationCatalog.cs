using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Explanations of predictions.</summary>
public static class ExplanationCatalog
{
    /// <summary>Adds what each column of a row contributes to its score, behind a neural network trainer in a pipeline: see <see cref="ExplanationTransformer"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="contributionsColumnName">New column: the contribution of each column.</param>
    /// <param name="baseColumnName">New column: what they are added to.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <example><code>
    /// var model = pipeline.Append(ml.BinaryClassification.Trainers.NeuralNetwork()).Append(ml.Transforms.Explain()).Fit(train);
    /// </code></example>
    public static ExplanationEstimator Explain(
        this TransformsCatalog catalog, string contributionsColumnName = "Contributions", string baseColumnName = "ContributionBase") =>
        catalog.Explain(new ExplanationOptions { ContributionsColumnName = contributionsColumnName, BaseColumnName = baseColumnName });

    /// <summary>Adds what each column of a row contributes to its score, behind a neural network trainer in a pipeline: see <see cref="ExplanationTransformer"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static ExplanationEstimator Explain(this TransformsCatalog catalog, ExplanationOptions options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new ExplanationEstimator(CatalogUtils.GetEnvironment(catalog), options);
    }
}
