using System.Buffers;
using System.Text;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>The text that is being written, in memory that serves one text after another.</summary>
internal sealed class TextBuffer
{
    private char[] _characters = new char[256];
    private int _length;

    public void Clear() => _length = 0;

    public ReadOnlyMemory<char> ToText() => new string(_characters, 0, _length).AsMemory();

    public void Append(char character)
    {
        Reserve(1)[0] = character;
        _length++;
    }

    public void Append(ReadOnlySpan<char> text)
    {
        text.CopyTo(Reserve(text.Length));
        _length += text.Length;
    }

    /// <summary>Appends a word in the given case; <see cref="LetterCase.Other"/> leaves it as it is.</summary>
    public void Append(ReadOnlySpan<char> word, LetterCase letterCase)
    {
        switch (letterCase)
        {
            case LetterCase.Lower:
                _length += word.ToLowerInvariant(Reserve(word.Length));
                break;
            case LetterCase.Upper:
                _length += word.ToUpperInvariant(Reserve(word.Length));
                break;
            case LetterCase.Title:
                AppendCapitalized(word);
                break;
            default:
                Append(word);
                break;
        }
    }

    /// <summary>Appends a word with a capital first letter, the others as they are.</summary>
    public void AppendCapitalized(ReadOnlySpan<char> word)
    {
        if (Rune.DecodeFromUtf16(word, out var first, out var length) != OperationStatus.Done)
        {
            Append(word);
            return;
        }

        _length += Rune.ToUpperInvariant(first).EncodeToUtf16(Reserve(2));
        Append(word[length..]);
    }

    /// <summary>Appends a word that began a sentence and no longer does.</summary>
    public void AppendFormerStart(ReadOnlySpan<char> word) =>
        Append(word, LetterCases.MayBecomeSmall(word) ? LetterCase.Lower : LetterCase.Other);

    private Span<char> Reserve(int count)
    {
        if (_length + count > _characters.Length)
            Array.Resize(ref _characters, Math.Max(_length + count, 2 * _characters.Length));
        return _characters.AsSpan(_length);
    }
}
