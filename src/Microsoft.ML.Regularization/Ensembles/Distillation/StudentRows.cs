using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Regularization.Training;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>
/// The rows of a set with a student's labels. It validates on rows with their own labels: those of the set or, where these are in folds, those of the first one.
/// </summary>
internal sealed class StudentRows : IMergeableData
{
    private readonly TrainingSet _set;
    private readonly ComputedColumn _label;
    private readonly SyntheticRows? _synthetic;
    private readonly FitWatch _watch;
    private ITrainingData _source;
    private FoldTable _table;

    /// <param name="set">All rows.</param>
    /// <param name="fold">The rows as the networks of the first fold see them; null where there are no folds.</param>
    /// <param name="label">The student's labels.</param>
    /// <param name="synthetic">Adds rows; null for none.</param>
    /// <param name="watch">Ends the reading with the fit; null for never.</param>
    public StudentRows(TrainingSet set, FoldRows? fold, ComputedColumn label, SyntheticRows? synthetic = null, FitWatch? watch = null)
    {
        (_set, _label, _synthetic, _watch) = (set, label, synthetic, watch ?? new FitWatch());
        _source = fold is null ? set : fold;
        _table = Open(fold?.HeldOut.Select(row => set.Rows.RowIds[row]).ToHashSet());
    }

    /// <summary>The rows of a teacher's student, with mixtures where these are possible and the recipe augments no rows by itself.</summary>
    /// <param name="teacher">The teacher.</param>
    /// <param name="columns">The rows' columns.</param>
    /// <param name="data">The rows.</param>
    /// <param name="label">The student's labels.</param>
    /// <param name="targets">What is learned of mixtures.</param>
    /// <param name="settings">The student's.</param>
    /// <exception cref="OperationCanceledException">The fit is to end.</exception>
    public static StudentRows Of(
        TrainedTeacher teacher, TrainingColumns columns, TrainingSet data, ComputedColumn label, SoftTargets targets, TrainingSettings settings)
    {
        var fold = teacher.Folds.Count > 0 ? teacher.Folds[0] : null;
        var isMixed = !data.Augments && SyntheticRows.Suit(columns.Input.Layout, data.IsSparse);
        var synthetic = isMixed ? new SyntheticRows(teacher.Network, targets, settings.Key.Derive("synthetic rows")) : null;
        return new StudentRows(data, fold, label, synthetic, settings.Watch);
    }

    /// <summary>How many of the training rows are mixtures of others.</summary>
    public long Mixtures { get; private set; }

    public LearningTask Task => _set.Task;

    public LearningTarget Target => _set.Target;

    public string LabelColumnName => _set.LabelColumnName;

    public DataViewSchema.Column? Features => _set.Features;

    public int FeatureCount => _set.FeatureCount;

    public Dataset Training => new MemoryDataset(_table.Table);

    public Dataset Validation => _source.Validation;

    /// <summary>Of the rows' own labels: classes have their weights, and numbers their units, by them.</summary>
    public RowSummary TrainingSummary => _source.TrainingSummary;

    public RowSummary ValidationSummary => _source.ValidationSummary;

    public long SkippedRows => _set.SkippedRows;

    public bool IsSparse => _set.IsSparse;

    public bool IsStreaming => false;

    public long RowsRead => _set.RowsRead;

    public void BeginEpoch(int epoch, bool isMixed = true) => _table.Read(epoch, isMixed);

    public bool TryMergeValidation()
    {
        if (_source == _set && !_set.TryMergeValidation())
            return false;

        _source = _set;
        _table = Open(heldOut: null);
        return true;
    }

    private FoldTable Open(HashSet<DataViewRowId>? heldOut)
    {
        var table = FoldTable.Relabel(_set, _label, heldOut);
        table.Read(epoch: 1, isMixed: true);
        var rows = table.Table.Count;
        _synthetic?.AddTo(table.Table, _watch);
        Mixtures = table.Table.Count - rows;
        return table;
    }
}
