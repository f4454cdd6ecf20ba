using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// The rows that one run trains and validates on, in memory or read again in every epoch. If rows are augmented, every epoch sees different changes. The
/// recipe's own augmentations come last, and never see validation rows.
/// </summary>
internal sealed class TrainingSet(
    IHost host,
    IChannel channel,
    IDataView view,
    TrainingColumns columns,
    RandomKey key,
    ValueList<AugmentationOptions>? augmentations = null,
    RowCaching? caching = null,
    FitWatch? watch = null) : IMergeableData
{
    private readonly RandomKey _key = key.Derive("training data");
    private readonly ReadingWatch _watch = new(watch ?? new FitWatch());
    private ValidationSplit? _split;
    private RowStorage? _storage;
    private TrainingView? _view;
    private TrainingView? _plain;
    private (int Epoch, bool IsMixed) _moment = (1, true);

    /// <summary>Whether the network has learned of others before, which show what these may not: a class that is missing is no fault then.</summary>
    public bool IsPartOfMore { get; init; }

    /// <summary>The task to learn.</summary>
    public LearningTask Task => columns.Task;

    /// <summary>How the task encodes the label.</summary>
    public LearningTarget Target => columns.Target;

    public string LabelColumnName => columns.Label.Name;

    /// <summary>The column of numbers; null where there is none.</summary>
    public DataViewSchema.Column? Features => columns.Input.Features;

    public int FeatureCount => columns.FeatureCount;

    /// <summary>The rows of the epoch that was begun last.</summary>
    public Dataset Training => Storage.Training;

    public Dataset Validation => Storage.Validation;

    /// <summary>Of the first epoch's training rows.</summary>
    public RowSummary TrainingSummary => Storage.TrainingSummary;

    public RowSummary ValidationSummary => Storage.ValidationSummary;

    /// <summary>Rows of the first pass that could not be used.</summary>
    public long SkippedRows => Storage.SkippedRows;

    /// <summary>Whether rows are sparse: see <see cref="SparsityRule"/>.</summary>
    public bool IsSparse => Storage.IsSparse;

    /// <summary>Whether rows are read again in every epoch rather than kept in memory.</summary>
    public bool IsStreaming => Storage.IsStreaming;

    /// <summary>Rows that the present pass over a view has read.</summary>
    public long RowsRead => _watch.Rows;

    private RowStorage Storage => _storage ?? throw new InvalidOperationException("Load the rows first.");

    /// <summary>Where the rows come from.</summary>
    public RowStorage Rows => Storage;

    /// <summary>Watches all reading of rows.</summary>
    public ReadingWatch Watch => _watch;

    /// <summary>Fingerprint of the rows of the first pass.</summary>
    public DataFingerprint Fingerprint => Storage.Fingerprint;

    /// <summary>Fingerprint of the rows of a validation set.</summary>
    public DataFingerprint ValidationFingerprint => Storage.ValidationFingerprint;

    /// <summary>Reads the first epoch's rows and sets the validation rows aside.</summary>
    /// <param name="validationSet">A separate set of validation rows, or null.</param>
    /// <param name="fraction">The share of training rows to validate on if no other source of validation rows is given; 0 for none.</param>
    /// <exception cref="OperationCanceledException">Training was cancelled, or its time is over.</exception>
    public void Load(IDataView? validationSet, double fraction)
    {
        AugmentationNotices.Report(channel, view);
        using var progress = host.StartProgressChannel("Reading training rows");
        progress.SetHeader(new ProgressHeader("rows read"), entry => entry.SetProgress(0, RowsRead));
        _split = new ValidationSplit(host, channel, view, columns, validationSet, fraction, _key.Derive("validation fraction"));
        _view = _plain = new TrainingView(host, view, columns, _key);
        var checks = new FirstPassChecks(host, channel, columns);
        _storage = StorageChoice.Load(channel, columns, _split, checks, _watch, caching ?? new RowCaching(), _view);
        if (augmentations is { Count: > 0 } && caching?.KeepsIds != true)
        {
            _view = _view.Augment(augmentations, _split.Fraction is null ? null : _split.IsSetAside);
            _storage.Reload(_view);
        }

        checks.CheckWeights(_storage.TrainingSummary, _storage.ValidationSummary);
        if (!IsPartOfMore)
            Target.CheckLabels(host, channel, LabelColumnName, _storage.TrainingSummary, _storage.ValidationSummary);
    }

    /// <summary>
    /// The rows as the augmentations change them, but for some that are neither changed nor mixed into others; null where there are no augmentations. For sets
    /// that keep ids: their own rows stay as they are.
    /// </summary>
    /// <param name="isHeldOut">Tells which rows are left alone.</param>
    public TrainingView? AugmentAllBut(Func<DataViewRowId, bool> isHeldOut) => Augments ? _view!.Augment(augmentations!, isHeldOut) : null;

    /// <summary>Whether the recipe augments rows.</summary>
    public bool Augments => augmentations is { Count: > 0 };

    /// <summary>Other rows with the recipe's augmentations; those that are not trained on are neither changed nor mixed into others.</summary>
    /// <param name="rows">Made of <see cref="Plain"/>.</param>
    /// <param name="isHeldOut">Tells which rows are left alone; null for those that the set itself does not train on.</param>
    public TrainingView Augment(TrainingView rows, Func<DataViewRowId, bool>? isHeldOut) =>
        Augments ? rows.Augment(augmentations!, isHeldOut ?? (_split!.Fraction is null ? null : _split.IsSetAside)) : rows;

    /// <summary>The rows before the recipe's augmentations.</summary>
    public TrainingView Plain => _plain!;

    /// <summary>Which rows are validated on.</summary>
    public ValidationSplit Split => _split!;

    public bool TryMergeValidation()
    {
        if (Validation.Count == 0 || !_split!.TryMerge())
            return false;

        Storage.DropValidation();
        Storage.Reload(_view!);
        _moment = (1, true);
        return true;
    }

    /// <summary>Makes <see cref="Training"/> the rows of the epoch, numbered from 1.</summary>
    public void BeginEpoch(int epoch, bool isMixed = true)
    {
        if (!_view!.DrawsAnew || (epoch, isMixed) == _moment)
            return;
        _moment = (epoch, isMixed);
        Storage.Read(_view, epoch, isMixed);
    }
}
