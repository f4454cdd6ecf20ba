using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;

namespace Microsoft.ML.Regularization.Inputs;

/// <summary>Reads the tokens of a text.</summary>
/// <param name="row">The row.</param>
/// <param name="column">The tokens.</param>
/// <param name="text">The layout of a row.</param>
/// <param name="translation">The network's token for each of the row's; null where they are the same.</param>
internal sealed class TokenReader(DataViewRow row, DataViewSchema.Column column, TextInput text, uint[]? translation) : InputReader
{
    private readonly ValueGetter<VBuffer<uint>> _getter = row.GetKeysGetter(column);
    private readonly int _vocabulary = translation is null ? text.Vocabulary : translation.Length - 1;
    private VBuffer<uint> _buffer;
    private long _cutRows;

    public override string WhyUnusable => "have no tokens";

    public override long CutRows => _cutRows;

    public override bool TryRead(Span<float> row, out string? fault)
    {
        _getter(ref _buffer);
        fault = null;
        var length = Math.Min(_buffer.Length, text.MaxLength);
        if (_buffer.Length > text.MaxLength)
            _cutRows++;

        // What a sparse vector leaves out is as missing as a word that the vocabulary lacks.
        row[..Math.Max(length, 1)].Fill(TextInput.Unknown);
        row[Math.Max(length, 1)..].Clear();
        foreach (var (place, key) in _buffer.Items())
        {
            if (key > _vocabulary)
            {
                fault = $"token {key} is not one of the {_vocabulary} of the vocabulary.";
                return false;
            }

            var own = text.KeepsLastToken && place == _buffer.Length - 1 ? length - 1 : place;
            if (own < length)
                row[own] = key == 0 ? TextInput.Unknown : (translation is null ? key : translation[key]) + TextInput.FirstWord - 1;
        }

        return length > 0;
    }

    public override bool TryRead(List<SlotValue> row, out string? fault) => throw new NotSupportedException("Texts are not sparse.");
}
