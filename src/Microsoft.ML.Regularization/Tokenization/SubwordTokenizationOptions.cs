using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Options of tokenization into subwords: see <see cref="SubwordTokenizingTransformer"/>.</summary>
public sealed record SubwordTokenizationOptions
{
    /// <summary>New column of keys. Default: Tokens.</summary>
    public string OutputColumnName { get; init; } = "Tokens";

    /// <summary>Column of texts, a scalar. Default: null, which takes <see cref="OutputColumnName"/>.</summary>
    public string? InputColumnName { get; init; }

    /// <summary>The vocabulary.</summary>
    public required SubwordVocabulary Vocabulary { get; init; }

    internal void Validate(IExceptionContext context)
    {
        context.CheckName(OutputColumnName, nameof(OutputColumnName));
        if (InputColumnName is not null)
            context.CheckName(InputColumnName, nameof(InputColumnName));
        context.CheckValue(Vocabulary, nameof(Vocabulary));
    }
}
