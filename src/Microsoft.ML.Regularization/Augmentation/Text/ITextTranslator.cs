namespace Microsoft.ML.Regularization;

/// <summary>
/// Translates texts, for <see cref="BackTranslationOptions"/>: a client of a service, or a model. A view calls it from one thread at a time and caches its
/// translations; the same text should have the same translation each time.
/// </summary>
public interface ITextTranslator
{
    /// <summary>Translates a batch of texts.</summary>
    /// <param name="texts">The texts, one at least.</param>
    /// <param name="sourceLanguage">Language of the texts, as the options name it, such as "en".</param>
    /// <param name="targetLanguage">Language of the translations.</param>
    /// <param name="cancellationToken">Cancelled when the time for this call is over, or the fit is cancelled.</param>
    /// <returns>One translation for each text, in the order of the texts, none of them null.</returns>
    Task<IReadOnlyList<string>> TranslateAsync(
        IReadOnlyList<string> texts, string sourceLanguage, string targetLanguage, CancellationToken cancellationToken);
}
