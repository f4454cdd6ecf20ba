using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Tokenization of texts for networks.</summary>
public static class TokenizationCatalog
{
    /// <summary>Splits texts into the subwords of a vocabulary: see <see cref="SubwordTokenizingTransformer"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">New column of keys, one for each token.</param>
    /// <param name="inputColumnName">Column of texts, a scalar; null takes <paramref name="outputColumnName"/>.</param>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <exception cref="ArgumentOutOfRangeException">A name is blank.</exception>
    /// <example><code>
    /// ml.Transforms.Text.TokenizeIntoSubwords("Tokens", "Sentence", SubwordVocabulary.WordPiece("vocab.txt"))
    /// </code></example>
    public static SubwordTokenizingEstimator TokenizeIntoSubwords(
        this TransformsCatalog.TextTransforms catalog, string outputColumnName, string? inputColumnName, SubwordVocabulary vocabulary) =>
        catalog.TokenizeIntoSubwords(new SubwordTokenizationOptions
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName,
            Vocabulary = vocabulary,
        });

    /// <summary>Splits texts into the subwords of a vocabulary: see <see cref="SubwordTokenizingTransformer"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">A name is blank.</exception>
    public static SubwordTokenizingEstimator TokenizeIntoSubwords(this TransformsCatalog.TextTransforms catalog, SubwordTokenizationOptions options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new SubwordTokenizingEstimator(CatalogUtils.GetEnvironment(catalog), options);
    }
}
