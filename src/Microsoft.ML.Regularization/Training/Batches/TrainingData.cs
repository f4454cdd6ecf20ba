using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The rows that one run trains and validates on, in memory or read anew each time. Validation rows come from a validation set, else from the rows that
/// <see cref="HoldOutOptions"/> marked, else from a share of the training rows. Where rows are augmented, every epoch sees fresh ones. The recipe's own
/// augmentations come last, and never see validation rows.
/// </summary>
internal sealed partial class TrainingData
{
    private readonly IHost _host;
    private readonly IChannel _channel;
    private readonly TrainingColumns _columns;
    private readonly RandomKey _key;
    private readonly AugmentationList? _augmentations;
    private readonly RowCaching _caching;
    private readonly ReadingWatch _watch;
    private readonly TrainingView _source;
    private readonly RowTable _pool;
    private TrainingView _view;
    private ValidationFraction? _fraction;
    private bool _leavesMarkedRowsOut;
    private bool _hasValidationSet;
    private (int Epoch, bool IsMixed) _moment = (1, true);

    public TrainingData(
        IHost host,
        IChannel channel,
        IDataView view,
        TrainingColumns columns,
        RandomKey key,
        AugmentationList? augmentations = null,
        RowCaching? caching = null,
        CancellationToken cancellationToken = default)
    {
        (_host, _channel, _columns, _key) = (host, channel, columns, key.Derive("training data"));
        _augmentations = augmentations is { Count: > 0 } ? augmentations : null;
        _caching = caching ?? new RowCaching();
        _watch = new ReadingWatch(host, cancellationToken);
        _source = _view = new TrainingView(host, view, columns, _key);
        _pool = NewTable();
        Training = Validation = new CachedRows(NewTable());
        TrainingSummary = ValidationSummary = NewSummary();
    }

    /// <summary>What there is to learn.</summary>
    public LearningTask Task => _columns.Task;

    public string LabelColumnName => _columns.Label.Name;

    public int FeatureCount => _columns.FeatureCount;

    /// <summary>The rows of the epoch that was begun last.</summary>
    public EpochRows Training { get; private set; }

    public EpochRows Validation { get; private set; }

    /// <summary>Of the first epoch's training rows.</summary>
    public RowSummary TrainingSummary { get; private set; }

    public RowSummary ValidationSummary { get; private set; }

    /// <summary>Rows of the first pass that could not be used.</summary>
    public long SkippedRows { get; private set; }

    /// <summary>Whether rows are read anew each time rather than kept in memory.</summary>
    public bool IsStreaming { get; private set; }

    /// <summary>Rows that the present pass over a view has read.</summary>
    public long RowsRead => _watch.Rows;

    /// <summary>Reads the first epoch's rows and sets the validation rows aside.</summary>
    /// <param name="validationSet">Validation rows of their own, or null.</param>
    /// <param name="fraction">The share of training rows to validate on where nothing else says; 0 for none.</param>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public void Load(IDataView? validationSet, double fraction)
    {
        AugmentationNotices.Report(_channel, _source.View);
        _hasValidationSet = validationSet is not null;
        _leavesMarkedRowsOut = _columns.Mark is not null && !_hasValidationSet;
        if (!_hasValidationSet && !_leavesMarkedRowsOut && fraction > 0)
        {
            _fraction = new ValidationFraction(fraction, _key.Derive("validation fraction"));
            _fraction.Check(_host, _channel, _source.View);
        }

        using (var progress = _host.StartProgressChannel("Reading training rows"))
        {
            progress.SetHeader(new ProgressHeader("rows read"), entry => entry.SetProgress(0, RowsRead));
            var validationColumns = _hasValidationSet ? ValidationSet.ColumnsOf(_host, validationSet!, _columns) : null;
            Func<RowReader>? openSet = _hasValidationSet ? () => new RowReader(_host, validationSet!, validationColumns!, rand: null) : null;
            if (_caching.Mode == DataCaching.None || !TryLoad(openSet))
                Stream(openSet);
        }

        CheckWeights();
        Task.CheckLabels(_host, LabelColumnName, TrainingSummary, ValidationSummary);
    }

    /// <summary>
    /// Puts the validation rows among the training rows, for good. False where they are of a set of their own, and stay apart.
    /// </summary>
    public bool TryMergeValidation()
    {
        if (Validation.Count == 0 || _hasValidationSet)
            return false;

        _leavesMarkedRowsOut = false;
        _fraction = null;
        Validation = new CachedRows(NewTable());
        ValidationSummary = NewSummary();
        ReadFirstEpoch();
        return true;
    }

    /// <summary>Makes <see cref="Training"/> the rows of the epoch, numbered from 1.</summary>
    public void BeginEpoch(int epoch, bool isMixed = true)
    {
        if (_view.DrawsAnew && (epoch, isMixed) != _moment)
            Read(epoch, isMixed);
    }

    private void Read(int epoch, bool isMixed)
    {
        _moment = (epoch, isMixed);
        if (IsStreaming)
        {
            Training = new StreamedRows(() => Pass(_view.Open(epoch, isMixed), IsTrainedOn), TrainingSummary.Count, _pool, _caching.PoolRows);
            return;
        }

        var table = ((CachedRows)Training).Table;
        table.Clear();
        using var pass = Pass(_view.Open(epoch, isMixed), IsTrainedOn);
        while (pass.MoveNext())
            table.Add(pass.Row);
    }

    /// <summary>Reads the first epoch anew, after what comes before it has changed.</summary>
    private void ReadFirstEpoch()
    {
        if (IsStreaming)
        {
            TrainingSummary = NewSummary();
            using var pass = Pass(_view.Open(epoch: 1, isMixed: true), IsTrainedOn);
            while (pass.MoveNext())
                TrainingSummary.Add(pass.Row);
        }

        Read(epoch: 1, isMixed: true);
        if (Training is CachedRows cached)
            TrainingSummary = RowSummary.Of(cached.Table);
    }

    private bool IsTrainedOn(RowReader row) => !(_leavesMarkedRowsOut && row.IsHeldOut) && !IsSetAside(row.Id);

    private bool IsSetAside(Microsoft.ML.Data.DataViewRowId id) => _fraction?.Contains(id) == true;

    private RowPass Pass(RowReader reader, Func<RowReader, bool>? takes = null)
    {
        _watch.BeginPass();
        return new RowPass(reader, takes, _watch);
    }

    /// <summary>Puts the recipe's augmentations behind the rows that are trained on.</summary>
    private void Augment()
    {
        if (_augmentations is null)
            return;
        _view = _source.Augment(_augmentations, _fraction is null ? null : IsSetAside);
        ReadFirstEpoch();
    }

    private RowTable NewTable() => new(_columns.FeatureCount, _columns.Task.TargetSize);

    private RowSummary NewSummary() => new(_columns.Task.TargetSize);
}
