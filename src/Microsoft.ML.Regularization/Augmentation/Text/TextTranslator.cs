using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Creates translators from functions.</summary>
public static class TextTranslator
{
    /// <summary>A translator that calls a function for each batch.</summary>
    /// <param name="translate">
    /// Takes the texts, their language, the language to translate to and a token, as <see cref="ITextTranslator.TranslateAsync"/> does.
    /// </param>
    public static ITextTranslator FromDelegate(
        Func<IReadOnlyList<string>, string, string, CancellationToken, Task<IReadOnlyList<string>>> translate)
    {
        Contracts.CheckValue(translate, nameof(translate));
        return new DelegateTranslator(translate);
    }

    /// <summary>A translator that calls a function for each text.</summary>
    /// <param name="translate">Takes a text, its language and the language to translate to, and gives the translation.</param>
    public static ITextTranslator FromDelegate(Func<string, string, string, string> translate)
    {
        Contracts.CheckValue(translate, nameof(translate));
        return new DelegateTranslator((texts, from, to, cancellationToken) =>
        {
            var translations = new string[texts.Count];
            for (var i = 0; i < translations.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                translations[i] = translate(texts[i], from, to);
            }

            return Task.FromResult<IReadOnlyList<string>>(translations);
        });
    }

    private sealed class DelegateTranslator(
        Func<IReadOnlyList<string>, string, string, CancellationToken, Task<IReadOnlyList<string>>> translate) : ITextTranslator
    {
        public Task<IReadOnlyList<string>> TranslateAsync(
            IReadOnlyList<string> texts, string sourceLanguage, string targetLanguage, CancellationToken cancellationToken) =>
            translate(texts, sourceLanguage, targetLanguage, cancellationToken);
    }
}
