using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization;

/// <summary>Reads the tokens of a text.</summary>
internal sealed class TokenReader(DataViewRow row, DataViewSchema.Column column, TextInput text) : InputReader
{
    private readonly ValueGetter<VBuffer<uint>> _getter = row.GetGetter<VBuffer<uint>>(column);
    private VBuffer<uint> _buffer;
    private long _cutRows;

    public override string WhyUnusable => "have no tokens";

    public override long CutRows => _cutRows;

    public override bool TryRead(Span<float> row, out string? fault)
    {
        _getter(ref _buffer);
        fault = null;
        var length = Math.Min(_buffer.Length, text.MaximumLength);
        if (_buffer.Length > text.MaximumLength)
            _cutRows++;

        // What a sparse vector leaves out is as missing as a word that the vocabulary lacks.
        row[..Math.Max(length, 1)].Fill(TextInput.Unknown);
        row[Math.Max(length, 1)..].Clear();
        foreach (var (place, key) in _buffer.Items())
        {
            if (key > text.Vocabulary)
            {
                fault = $"token {key} is not one of the {text.Vocabulary} of the vocabulary.";
                return false;
            }

            if (place < length && key > 0)
                row[place] = key + TextInput.FirstWord - 1;
        }

        return length > 0;
    }
}
