using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// The tokens that stand one behind the other in the rows of a transformer's passes: those of a sequence, then those of the next. Tokens that are absent have no
/// row, so that nothing is computed for them.
/// </summary>
/// <param name="places">Places of a sequence, a class token's included.</param>
/// <param name="hasClassToken">Whether each sequence begins with a class token.</param>
internal sealed class TokenRows(int places, bool hasClassToken)
{
    private int[] _starts = [0];
    private int[] _places = [];
    private int[] _tokens = [];

    /// <summary>Places of a sequence, a class token's included.</summary>
    public int Places => places;

    public bool HasClassToken => hasClassToken;

    public int Sequences { get; private set; }

    /// <summary>Which of the batch's sequences is the first.</summary>
    public int FirstSequence { get; private set; }

    public int Rows { get; private set; }

    /// <summary>Whether no token is absent.</summary>
    public bool IsComplete => Rows == Sequences * places;

    /// <summary>Where the first row would be in the batch if all tokens were there.</summary>
    public int FirstPaddedRow => FirstSequence * places;

    /// <summary>Rows but for those of class tokens.</summary>
    public int EmbeddedRows => Rows - (hasClassToken ? Sequences : 0);

    public int StartOf(int sequence) => _starts[sequence];

    public int LengthOf(int sequence) => _starts[sequence + 1] - _starts[sequence];

    /// <summary>The place of a row's token in its sequence.</summary>
    public int PlaceOf(int row) => _places[row];

    /// <summary>Which token of the vocabulary a text has, by its row among those that are no class tokens.</summary>
    public int TokenOf(int embeddedRow) => _tokens[embeddedRow];

    /// <summary>Where a row would be in the batch if all tokens were there.</summary>
    public int PaddedRowOf(int sequence, int row) => (FirstSequence + sequence) * places + _places[row];

    /// <summary>All tokens of some sequences.</summary>
    public void Take(int firstSequence, int sequences)
    {
        Begin(firstSequence, sequences);
        for (var sequence = 0; sequence < sequences; sequence++)
        {
            for (var place = 0; place < places; place++)
                Add(place);
            _starts[sequence + 1] = Rows;
        }
    }

    /// <summary>The tokens of some texts that are not padding; a text without any has its first one, where there is no class token either.</summary>
    /// <param name="firstSequence">Which of the batch's texts is the first.</param>
    /// <param name="texts">(texts, tokens).</param>
    public void Take(int firstSequence, Matrix texts)
    {
        Begin(firstSequence, texts.Rows);
        if (_tokens.Length < _places.Length)
            _tokens = new int[_places.Length];
        var embedded = 0;
        for (var text = 0; text < texts.Rows; text++)
        {
            var tokens = texts.RowSpan(text);
            var before = hasClassToken ? 1 : 0;
            if (hasClassToken)
                Add(place: 0);
            var hasNone = !hasClassToken && tokens.IndexOfAnyExcept((float)TextInput.Padding) < 0;
            for (var i = 0; i < tokens.Length; i++)
            {
                if (tokens[i] == TextInput.Padding && !(hasNone && i == 0))
                    continue;
                Add(before + i);
                _tokens[embedded++] = (int)tokens[i];
            }

            _starts[text + 1] = Rows;
        }
    }

    /// <summary>The first token of each sequence alone.</summary>
    public void TakeFirst(TokenRows all)
    {
        Begin(all.FirstSequence, all.Sequences);
        for (var sequence = 0; sequence < all.Sequences; sequence++)
        {
            Add(all.PlaceOf(all.StartOf(sequence)));
            _starts[sequence + 1] = Rows;
        }
    }

    private void Begin(int firstSequence, int sequences)
    {
        (FirstSequence, Sequences, Rows) = (firstSequence, sequences, 0);
        if (_starts.Length <= sequences)
            _starts = new int[sequences + 1];
        if (_places.Length < sequences * places)
            _places = new int[sequences * places];
    }

    private void Add(int place) => _places[Rows++] = place;
}
