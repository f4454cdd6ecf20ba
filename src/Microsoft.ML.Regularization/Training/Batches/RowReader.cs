using System.Globalization;
using System.Numerics.Tensors;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Reads the rows of a view one by one. Rows whose features are not finite or whose label is missing are skipped and counted, as ML.NET's
/// trainers do; labels and weights that make no sense are errors.
/// </summary>
internal sealed class RowReader : IDisposable
{
    // How far the probabilities of a soft label may be from adding up to 1.
    private const float SumTolerance = 1e-3f;

    private readonly IExceptionContext _context;
    private readonly TrainingColumns _columns;
    private readonly DataViewRowCursor _cursor;
    private readonly ValueGetter<VBuffer<float>> _featureGetter;
    private readonly ValueGetter<uint>? _keyGetter;
    private readonly ValueGetter<VBuffer<float>>? _distributionGetter;
    private readonly ValueGetter<float>? _weightGetter;
    private readonly ValueGetter<bool>? _markGetter;
    private readonly ValueGetter<DataViewRowId> _idGetter;
    private readonly float[] _features;
    private readonly float[] _distribution;
    private VBuffer<float> _featureBuffer;
    private VBuffer<float> _distributionBuffer;

    public RowReader(IExceptionContext context, IDataView view, TrainingColumns columns, Random? rand)
    {
        _context = context;
        _columns = columns;
        _features = new float[columns.FeatureCount];
        IsSoft = columns.Label.Type is VectorDataViewType;
        _distribution = new float[IsSoft ? columns.ClassCount : 0];
        _cursor = view.GetRowCursor(columns.All(), rand);
        try
        {
            _featureGetter = _cursor.GetGetter<VBuffer<float>>(columns.Features);
            if (IsSoft)
                _distributionGetter = _cursor.GetGetter<VBuffer<float>>(columns.Label);
            else
                _keyGetter = _cursor.GetGetter<uint>(columns.Label);
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

    public ReadOnlySpan<float> Features => _features;

    public bool IsSoft { get; }

    /// <summary>The class, from 0, where labels are hard.</summary>
    public int Class { get; private set; }

    /// <summary>The probabilities of the classes where labels are soft.</summary>
    public ReadOnlySpan<float> Distribution => _distribution;

    public float Weight { get; private set; } = 1;

    public bool IsHeldOut { get; private set; }

    public DataViewRowId Id { get; private set; }

    public long SkippedForFeatures { get; private set; }

    public long SkippedForLabel { get; private set; }

    public bool MoveNext()
    {
        while (_cursor.MoveNext())
        {
            if (!TryReadFeatures())
                SkippedForFeatures++;
            else if (!TryReadLabel())
                SkippedForLabel++;
            else
            {
                ReadRest();
                return true;
            }
        }

        return false;
    }

    public void Dispose() => _cursor.Dispose();

    // A row's id outlives shuffling, filtering and mixing; that of a plain source is the row's number from 0.
    private Exception Error(DataViewSchema.Column column, string message)
    {
        DataViewRowId id = default;
        _idGetter(ref id);
        return _context.Except($"Column '{column.Name}', row {(id.High == 0 ? id.Low : id)}: {message}");
    }

    private bool TryReadFeatures()
    {
        _featureGetter(ref _featureBuffer);
        if (_featureBuffer.Length != _columns.FeatureCount)
            throw Error(_columns.Features, $"{_featureBuffer.Length} features instead of {_columns.FeatureCount}.");
        _featureBuffer.CopyTo(_features);
        return _features.Length == 0 || float.IsFinite(TensorPrimitives.MaxMagnitude<float>(_features));
    }

    private bool TryReadLabel()
    {
        if (_keyGetter is not null)
        {
            uint key = 0;
            _keyGetter(ref key);
            if (key > _columns.ClassCount)
                throw Error(_columns.Label, $"key {key} is not one of the {_columns.ClassCount} classes.");
            Class = (int)key - 1;
            return key > 0;
        }

        _distributionGetter!(ref _distributionBuffer);
        if (_distributionBuffer.Length != _distribution.Length)
            throw Error(_columns.Label, $"{_distributionBuffer.Length} probabilities instead of {_distribution.Length}.");
        _distributionBuffer.CopyTo(_distribution);
        var sum = TensorPrimitives.Sum<float>(_distribution);
        if (float.IsNaN(sum))
            return false;
        if (TensorPrimitives.Min<float>(_distribution) < 0 || Math.Abs(sum - 1) > SumTolerance)
        {
            var shares = string.Join(", ", _distribution.Select(share => share.ToString(CultureInfo.InvariantCulture)));
            throw Error(
                _columns.Label,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the probabilities of a soft label must be at least 0 and add up to 1, but they are [{shares}] and add up to {sum:0.####}."));
        }

        return true;
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
                    _columns.Weight!.Value,
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
