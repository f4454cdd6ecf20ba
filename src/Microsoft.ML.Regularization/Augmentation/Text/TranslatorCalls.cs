using System.Diagnostics;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Calls a translator from code that cannot wait asynchronously, and holds it to its contract.</summary>
internal sealed class TranslatorCalls(IHostEnvironment env, BackTranslationOptions options)
{
    private const int ShownCharacters = 60;

    private static readonly TimeSpan LookForCancellationEvery = TimeSpan.FromMilliseconds(100);

    /// <param name="texts">The texts, one at least.</param>
    /// <param name="firstRow">The row of the first text, from 0; null where it is not known.</param>
    public string[] ThereAndBack(IReadOnlyList<string> texts, long? firstRow)
    {
        var pivots = Call([.. texts], options.SourceLanguage, options.PivotLanguage, texts[0], firstRow);
        var back = Call(pivots, options.PivotLanguage, options.SourceLanguage, texts[0], firstRow);
        for (var i = 0; i < back.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(back[i]))
                back[i] = texts[i];
        }

        return back;
    }

    private string[] Call(string[] texts, string from, string to, string firstText, long? firstRow)
    {
        IReadOnlyList<string>? translations;
        try
        {
            translations = Wait(texts, from, to);
        }
        catch (TimeoutException exception)
        {
            throw env.Except(exception, Describe(
                $"did not answer within {options.TimeLimit.TotalSeconds} s. Give it a longer Timeout or a smaller BatchSize than {options.BatchSize}."));
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !IsCancelled)
        {
            throw env.Except(exception, Describe($"failed: {exception.Message}"));
        }

        if (translations is null)
            throw env.Except(Describe($"returned null. It must return one translation for each text, in their order."));
        if (translations.Count != texts.Length)
            throw env.Except(Describe($"returned {translations.Count} translations. It must return one for each text, in their order."));

        var checkedTranslations = translations.ToArray();
        var missing = Array.IndexOf(checkedTranslations, null);
        return missing < 0
            ? checkedTranslations
            : throw env.Except(Describe($"returned null for text {missing} (from 0). None of the translations may be null."));

        string Describe(FormattableString problem) => string.Join(
            ' ',
            $"{options.Name}: {options.Translator.GetType().Name},",
            FormattableString.Invariant($"asked to translate {texts.Length} text(s) of column '{options.TextColumnName}' from '{from}' to '{to}',"),
            "the first of them" + (firstRow is { } row ? FormattableString.Invariant($" in row {row},") : "") + $" \"{Shorten(firstText)}\",",
            FormattableString.Invariant(problem));
    }

    private bool IsCancelled => env.IsCancelled();

    // On a thread of the pool there is no context that the translator could wait for while this thread waits for it.
    private IReadOnlyList<string>? Wait(string[] texts, string from, string to)
    {
        using var cancellation = new CancellationTokenSource();
        var task = Task.Run(() => options.Translator.TranslateAsync(texts, from, to, cancellation.Token));
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var left = options.TimeLimit - watch.Elapsed;
            if (Task.WaitAny([task], left < LookForCancellationEvery ? Max(left, TimeSpan.Zero) : LookForCancellationEvery) == 0)
                return task.GetAwaiter().GetResult();
            if (IsCancelled)
            {
                cancellation.Cancel();
                throw new OperationCanceledException("The translation was cancelled.");
            }

            if (watch.Elapsed >= options.TimeLimit)
            {
                cancellation.Cancel();
                throw new TimeoutException();
            }
        }

        static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
    }

    private static string Shorten(string text)
    {
        if (text.Length <= ShownCharacters)
            return text;
        var end = char.IsHighSurrogate(text[ShownCharacters - 1]) ? ShownCharacters - 1 : ShownCharacters;
        return text[..end] + "…";
    }
}
