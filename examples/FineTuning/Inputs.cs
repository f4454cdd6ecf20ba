using Microsoft.ML;
using Microsoft.ML.Regularization;

namespace FineTuningExample;

/// <summary>Turns the content of rows into what networks read.</summary>
internal static class Inputs
{
    /// <summary>Of a text, for published networks.</summary>
    public const int MostTokens = 64;

    private static readonly Lazy<SubwordVocabulary> Vocabulary = new(() => SubwordVocabulary.WordPiece(PublishedNetworks.Vocabulary, addSpecialTokens: true));

    /// <summary>The published network's tokens, as the column Tokens.</summary>
    public static IEstimator<ITransformer> Tokens(MLContext ml) => ml.Transforms.Text.TokenizeIntoSubwords("Tokens", "Content", Vocabulary.Value);

    /// <summary>Words, as the column Tokens.</summary>
    public static IEstimator<ITransformer> Words(MLContext ml) => ml.Transforms.Text.NormalizeText("Text", "Content")
        .Append(ml.Transforms.Text.TokenizeIntoWords("Words", "Text")).Append(ml.Transforms.Conversion.MapValueToKey("Tokens", "Words"));

    /// <summary>Pixels of red, then green, then blue, as the column Features.</summary>
    public static IEstimator<ITransformer> Pixels(MLContext ml, int side) => ml.Transforms.LoadImages("Image", imageFolder: null, "Content")
        .Append(ml.Transforms.ResizeImages("Image", side, side)).Append(ml.Transforms.ExtractPixels("Features", "Image"));
}
