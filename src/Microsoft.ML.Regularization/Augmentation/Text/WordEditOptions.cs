using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Options of an augmentation that edits the words of a text. A word is a run of letters and the marks on them; hyphens and apostrophes within it belong
/// to it. Everything else stays as it is and where it is: punctuation, numbers and other words with a digit, addresses of pages, of mail and of files,
/// handles (<c>@name</c>) and hashtags.
/// </summary>
public abstract record WordEditOptions : TextAugmentationOptions
{
    private protected WordEditOptions()
    {
    }

    /// <summary>Makes the edit for one cursor.</summary>
    internal abstract WordEdit CreateEdit();

    internal sealed override RowAugmentation Bind(IHostEnvironment env, IDataView source)
    {
        var column = env.Require(source.Schema, TextColumnName, "text");
        return new ColumnAugmentation<ReadOnlyMemory<char>>(column, Probability, CreateChange, Copies);
    }

    private ValueChange<ReadOnlyMemory<char>> CreateChange()
    {
        var edit = CreateEdit();
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
