using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>
/// Edits the words of a text. A word is a run of letters and the marks on them; hyphens and apostrophes within it belong to it. Everything else is neither
/// changed nor moved: punctuation, numbers and other words with a digit, addresses of pages, of mail and of files, handles (<c>@name</c>) and hashtags.
/// </summary>
internal static class WordAugmentation
{
    /// <param name="env">For errors.</param>
    /// <param name="source">The rows.</param>
    /// <param name="options">Which column, how often and how many copies.</param>
    /// <param name="createEdit">Makes the edit for one cursor.</param>
    public static RowAugmentation Bind(IHostEnvironment env, IDataView source, TextAugmentationOptions options, Func<WordEdit> createEdit)
    {
        var column = env.Require(source.Schema, options.TextColumnName, "text");
        return new ColumnAugmentation<ReadOnlyMemory<char>>(column, options.Probability, () => CreateChange(createEdit()), options.Copies);
    }

    private static ValueChange<ReadOnlyMemory<char>> CreateChange(WordEdit edit)
    {
        var words = new WordList();
        var buffer = new TextBuffer();
        return (in source, ref result, ref random) =>
        {
            words.Split(source.Span);
            buffer.Clear();
            result = words.Count > 0 && edit.TryApply(source.Span, words, buffer, ref random) ? buffer.ToText() : source;
        };
    }
}
