using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// Where the rows of a training set come from in every epoch: from memory, or from another pass over the view. Either way the first pass over all rows counts
/// and checks them, and splits off the validation rows.
/// </summary>
/// <param name="channel">Receives a message about the choice.</param>
/// <param name="columns">The columns.</param>
/// <param name="split">Splits the rows.</param>
/// <param name="checks">Checks to run once all rows were read.</param>
/// <param name="watch">Counts rows that are read, and ends the reading with the fit.</param>
internal abstract class RowStorage(IChannel channel, TrainingColumns columns, ValidationSplit split, FirstPassChecks checks, ReadingWatch watch)
{
    /// <summary>The training rows of the epoch that was read last.</summary>
    public abstract Dataset Training { get; }

    public Dataset Validation { get; protected set; } = new MemoryDataset(new RowTable(columns.FeatureCount, columns.Target.TargetSize));

    /// <summary>Counts over the first epoch's training rows.</summary>
    public RowSummary TrainingSummary { get; protected set; } = new(columns.Target.TargetSize);

    public RowSummary ValidationSummary { get; protected set; } = new(columns.Target.TargetSize);

    /// <summary>Whether most features of the first epoch's training rows are 0: see <see cref="SparsityRule"/>.</summary>
    public bool IsSparse => MayBeSparse && SparsityRule.IsSparse(TrainingSummary.Values, TrainingSummary.Count, columns.FeatureCount);

    /// <summary>Fingerprint of the rows of the first pass.</summary>
    public DataFingerprint Fingerprint { get; } = new();

    /// <summary>Fingerprint of the rows of a validation set.</summary>
    public DataFingerprint ValidationFingerprint { get; } = new();

    /// <summary>Rows of the first pass that could not be used.</summary>
    public long SkippedRows { get; protected set; }

    /// <summary>Whether features are counted that are not 0.</summary>
    protected bool MayBeSparse { get; } = columns.Input.Layout.MayBeSparse;

    protected IChannel Channel => channel;

    protected LearningTarget Target => columns.Target;

    protected ValidationSplit Split => split;

    protected FirstPassChecks Checks => checks;

    /// <summary>Whether rows are read again in every epoch rather than kept in memory.</summary>
    public abstract bool IsStreaming { get; }

    /// <summary>The training rows, where they are in memory.</summary>
    /// <exception cref="NotSupportedException">They are not.</exception>
    public virtual RowTable Table => throw new NotSupportedException("The rows are not in memory.");

    /// <summary>Their ids, where these are kept and no rows were set aside; else empty. See <see cref="RowCaching.KeepsIds"/>.</summary>
    public IReadOnlyList<DataViewRowId> RowIds { get; protected set; } = [];

    /// <summary>Makes the first pass over all rows; false where they do not fit into the memory that they may have.</summary>
    public abstract bool TryLoad(TrainingView source);

    /// <summary>Reads the training rows of an epoch.</summary>
    public abstract void Read(TrainingView view, int epoch, bool isMixed);

    /// <summary>Reads the first epoch's training rows again, because the view or the split has changed.</summary>
    public abstract void Reload(TrainingView view);

    /// <summary>Forgets the validation rows, which are trained on from now on.</summary>
    public void DropValidation() => (Validation, ValidationSummary) = (new MemoryDataset(NewTable()), NewSummary());

    protected RowReader Begin(RowReader reader, Func<RowReader, bool>? filter = null) => reader.Begin(watch, filter);

    protected RowTable NewTable() => new(columns.FeatureCount, columns.Target.TargetSize, IsSparse);

    protected RowSummary NewSummary() => new(columns.Target.TargetSize);
}
