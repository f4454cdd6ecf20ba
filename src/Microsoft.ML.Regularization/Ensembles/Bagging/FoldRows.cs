using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Regularization.Training;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>The rows of a set as the networks of one fold see them: they train on those of the other folds and validate on its own.</summary>
internal sealed class FoldRows : ITrainingData
{
    private readonly TrainingSet _set;
    private readonly FoldTable? _augmented;

    /// <param name="set">All rows, none of them set aside.</param>
    /// <param name="training">The rows of the other folds.</param>
    /// <param name="heldOut">The rows of this fold.</param>
    public FoldRows(TrainingSet set, int[] training, int[] heldOut)
    {
        (_set, HeldOut) = (set, heldOut);
        Validation = new ChosenRows(set.Rows.Table, heldOut);
        _augmented = FoldTable.Open(set, heldOut);
        _augmented?.Read(epoch: 1, isMixed: true);
        Training = _augmented is null ? new ChosenRows(set.Rows.Table, training) : new MemoryDataset(_augmented.Table);
        TrainingSummary = _augmented is null ? RowSummary.Of(set.Rows.Table, rows: training) : RowSummary.Of(_augmented.Table);
        ValidationSummary = RowSummary.Of(set.Rows.Table, rows: heldOut);
    }

    /// <summary>Whether its training rows are copies that augmentations change.</summary>
    public bool IsAugmented => _augmented is not null;

    /// <summary>The rows of this fold, by their places in the set.</summary>
    public IReadOnlyList<int> HeldOut { get; }

    public LearningTask Task => _set.Task;

    public LearningTarget Target => _set.Target;

    public string LabelColumnName => _set.LabelColumnName;

    public DataViewSchema.Column? Features => _set.Features;

    public int FeatureCount => _set.FeatureCount;

    public Dataset Training { get; }

    public Dataset Validation { get; }

    public RowSummary TrainingSummary { get; }

    public RowSummary ValidationSummary { get; }

    public long SkippedRows => _set.SkippedRows;

    public bool IsSparse => _set.IsSparse;

    public bool IsStreaming => false;

    public long RowsRead => _set.RowsRead;

    public void BeginEpoch(int epoch, bool isMixed = true) => _augmented?.Read(epoch, isMixed);
}
