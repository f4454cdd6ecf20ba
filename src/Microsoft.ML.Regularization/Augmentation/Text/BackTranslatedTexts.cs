using System.Collections.Concurrent;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Back translations of the texts of a view's column. They are computed in batches when the first is requested.</summary>
internal sealed class BackTranslatedTexts
{
    private readonly IHostEnvironment _env;
    private readonly IDataView _source;
    private readonly DataViewSchema.Column _column;
    private readonly BackTranslationOptions _options;
    private readonly TranslatorCalls _calls;
    private readonly ConcurrentDictionary<string, string> _translations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    // This lock is held while the translator is called.
    private readonly Lock _calling = new();
    private volatile bool _isFilled;

    public BackTranslatedTexts(IHostEnvironment env, IDataView source, DataViewSchema.Column column, BackTranslationOptions options)
    {
        _env = env;
        _source = source;
        _column = column;
        _options = options;
        _calls = new TranslatorCalls(env, options);
        _lookup = _translations.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public ReadOnlyMemory<char> Translate(ReadOnlyMemory<char> text)
    {
        if (!WordList.HasWord(text.Span))
            return text;
        if (_isFilled && _lookup.TryGetValue(text.Span, out var translation))
            return translation.AsMemory();

        lock (_calling)
        {
            if (!_isFilled)
                Fill();
            if (!_lookup.TryGetValue(text.Span, out translation))
                translation = TranslateAlone(text.ToString());
        }

        return translation.AsMemory();
    }

    // One that was not among the column's texts, because there is no room, or because it was changed by chance before it came here.
    private string TranslateAlone(string text)
    {
        var translation = _calls.ThereAndBack([text], firstRow: null)[0];
        if (_translations.Count < _options.CacheSize)
            _translations[text] = translation;
        return translation;
    }

    private void Fill()
    {
        var columns = HeldOutMark.Find(_source.Schema) is { } mark ? new[] { _column, mark } : [_column];
        using var cursor = _source.GetRowCursor(columns);
        var getter = cursor.GetGetter<ReadOnlyMemory<char>>(cursor.Schema[_column.Index]);
        var isHeldOut = new HeldOutMark(cursor);
        var batch = new Batch();
        ReadOnlyMemory<char> text = default;
        while (cursor.MoveNext())
        {
            if (isHeldOut.Read())
                continue;
            getter(ref text);
            if (!WordList.HasWord(text.Span) || _lookup.ContainsKey(text.Span) || batch.Contains(text.Span))
                continue;
            if (_translations.Count + batch.Count >= _options.CacheSize)
            {
                WarnOfSmallCache();
                break;
            }

            batch.Add(text.ToString(), cursor.Position);
            if (batch.Count == _options.BatchSize)
                Translate(batch);
        }

        Translate(batch);
        _isFilled = true;
    }

    // Finished translations are kept, so that a failed fit continues from here when it is retried on this view.
    private void Translate(Batch batch)
    {
        if (batch.Count == 0)
            return;

        var translations = _calls.ThereAndBack(batch.Texts, batch.FirstRow);
        for (var i = 0; i < translations.Length; i++)
            _translations[batch.Texts[i]] = translations[i];
        batch.Clear();
    }

    private void WarnOfSmallCache()
    {
        using var channel = ((IChannelProvider)_env).Start(_options.Name);
        channel.Warning(FormattableString.Invariant(
            $"Column '{_column.Name}' has more than {_options.CacheSize} different texts. Those beyond are translated one by one whenever they are read,")
            + " which is slow: raise CacheSize.");
    }

    private sealed class Batch
    {
        private readonly HashSet<string> _set = new(StringComparer.Ordinal);
        private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

        public Batch() => _lookup = _set.GetAlternateLookup<ReadOnlySpan<char>>();

        public List<string> Texts { get; } = [];

        public int Count => Texts.Count;

        public long FirstRow { get; private set; }

        public bool Contains(ReadOnlySpan<char> text) => _lookup.Contains(text);

        public void Add(string text, long row)
        {
            if (Count == 0)
                FirstRow = row;
            Texts.Add(text);
            _set.Add(text);
        }

        public void Clear()
        {
            Texts.Clear();
            _set.Clear();
        }
    }
}
