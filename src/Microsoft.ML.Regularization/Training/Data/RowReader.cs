using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// Reads the rows of a view one by one. Texts without tokens and rows whose label is missing are skipped and counted, as ML.NET's trainers do; labels and
/// weights that make no sense are errors.
/// </summary>
internal sealed class RowReader : IDisposable
{
    private readonly IExceptionContext _context;
    private readonly TrainingColumns _columns;
    private readonly DataViewRowCursor _cursor;
    private readonly InputReader _input;
    private readonly ValueGetter<float>? _weightGetter;
    private readonly ValueGetter<bool>? _markGetter;
    private readonly ValueGetter<DataViewRowId> _idGetter;
    private readonly float[] _features;
    private readonly List<SlotValue>? _sparse;
    private bool _isExpanded;
    private ReadingWatch? _watch;
    private Func<RowReader, bool>? _filter;

    public RowReader(IExceptionContext context, IDataView view, TrainingColumns columns)
    {
        _context = context;
        _columns = columns;
        _features = new float[columns.FeatureCount];
        _sparse = columns.Input.Layout.MayBeSparse ? [] : null;
        _cursor = view.GetRowCursor(columns.All());
        try
        {
            _input = columns.Input.Open(_cursor);
            Target = TargetReader.Create(_cursor, columns.Label, columns.Target.TargetSize, columns.ClassTranslation);
            if (columns.Weight is { } weight)
                _weightGetter = _cursor.GetGetter<float>(weight);
            if (columns.Mark is { } mark)
                _markGetter = _cursor.GetGetter<bool>(mark);
            _idGetter = _cursor.GetIdGetter();
        }
        catch
        {
            _cursor.Dispose();
            throw;
        }
    }

    /// <summary>The row's features.</summary>
    public ReadOnlySpan<float> Features
    {
        get
        {
            if (_sparse is not null && !_isExpanded)
                SparseTable.Expand(Sparse, _features);
            _isExpanded = true;
            return _features;
        }
    }

    /// <summary>Features of a row.</summary>
    public int FeatureCount => _features.Length;

    /// <summary>Whether <see cref="Sparse"/> is read.</summary>
    public bool MayBeSparse => _sparse is not null;

    /// <summary>Of features that may be sparse those that are not 0.</summary>
    public ReadOnlySpan<SlotValue> Sparse => CollectionsMarshal.AsSpan(_sparse);

    /// <summary>Reads the row's label.</summary>
    public TargetReader Target { get; }

    /// <summary>The row's label and weight.</summary>
    public RowLabel Label => new(Target.HasClass ? Target.Class : null, Target.Values, Weight);

    public float Weight { get; private set; } = 1;

    public bool IsHeldOut { get; private set; }

    public DataViewRowId Id { get; private set; }

    /// <summary>Rows of which the input was longer than the network reads.</summary>
    public long CutRows => _input.CutRows;

    /// <summary>Why a row's features are unusable, to follow "whose features"; null where none can be.</summary>
    public string? WhyUnusable => _input.WhyUnusable;

    /// <summary>Whether the row lacks numbers, which are NaN in its features.</summary>
    public bool HasGaps => _input.HasGaps;

    public long SkippedForFeatures { get; private set; }

    public long SkippedForLabel { get; private set; }

    public long Skipped => SkippedForFeatures + SkippedForLabel;

    /// <summary>Begins a pass over some of the rows.</summary>
    /// <param name="watch">Counts each row that is read, whatever becomes of it, and ends the reading with the fit.</param>
    /// <param name="filter">Which of the usable rows are asked for; null for all.</param>
    public RowReader Begin(ReadingWatch watch, Func<RowReader, bool>? filter = null)
    {
        watch.BeginPass();
        (_watch, _filter) = (watch, filter);
        return this;
    }

    public bool MoveNext()
    {
        while (_cursor.MoveNext())
        {
            _watch?.Observe();
            if (!TryReadFeatures())
                SkippedForFeatures++;
            else if (!TryReadLabel())
                SkippedForLabel++;
            else
            {
                ReadRest();
                if (_filter is null || _filter(this))
                    return true;
            }
        }

        return false;
    }

    public void Dispose() => _cursor.Dispose();

    // A row's id outlives shuffling, filtering and mixing; that of a plain source is the row's number from 0.
    private Exception Error(string column, string message)
    {
        DataViewRowId id = default;
        _idGetter(ref id);
        return _context.Except($"Column '{column}', row {(id.High == 0 ? id.Low : id)}: {message}");
    }

    private bool TryReadFeatures()
    {
        _isExpanded = false;
        string? fault;
        var isUsable = _sparse is null ? _input.TryRead(_features, out fault) : _input.TryRead(_sparse, out fault);
        return fault is null ? isUsable : throw Error(_columns.InputName, fault);
    }

    private bool TryReadLabel()
    {
        var isUsable = Target.TryRead(out var fault);
        return fault is null ? isUsable : throw Error(_columns.Label.Name, fault);
    }

    private void ReadRest()
    {
        if (_weightGetter is not null)
        {
            var weight = 0f;
            _weightGetter(ref weight);
            if (!(weight >= 0) || float.IsInfinity(weight))
            {
                throw Error(
                    _columns.Weight!.Value.Name,
                    string.Create(CultureInfo.InvariantCulture, $"an example weight must be at least 0 and finite, but it is {weight}."));
            }

            Weight = weight;
        }

        if (_markGetter is not null)
        {
            var isHeldOut = false;
            _markGetter(ref isHeldOut);
            IsHeldOut = isHeldOut;
        }

        DataViewRowId id = default;
        _idGetter(ref id);
        Id = id;
    }
}
