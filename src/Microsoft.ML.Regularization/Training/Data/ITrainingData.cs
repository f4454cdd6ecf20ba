using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization.Training;

/// <summary>The rows that a run trains and validates on, and how they are learned from.</summary>
internal interface ITrainingData
{
    /// <summary>The task to learn.</summary>
    LearningTask Task { get; }

    /// <summary>How the task encodes the label.</summary>
    LearningTarget Target { get; }

    string LabelColumnName { get; }

    /// <summary>The column of numbers; null where there is none.</summary>
    DataViewSchema.Column? Features { get; }

    int FeatureCount { get; }

    /// <summary>The rows of the epoch that was begun last.</summary>
    Dataset Training { get; }

    Dataset Validation { get; }

    /// <summary>Of the first epoch's training rows.</summary>
    RowSummary TrainingSummary { get; }

    RowSummary ValidationSummary { get; }

    /// <summary>Rows of the first pass that could not be used.</summary>
    long SkippedRows { get; }

    /// <summary>Whether rows are sparse: see <see cref="SparsityRule"/>.</summary>
    bool IsSparse { get; }

    /// <summary>Whether rows are read again in every epoch rather than kept in memory.</summary>
    bool IsStreaming { get; }

    /// <summary>Rows that the present pass over a view has read.</summary>
    long RowsRead { get; }

    /// <summary>Makes <see cref="Training"/> the rows of an epoch.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="isMixed">Whether augmentations mix its rows.</param>
    void BeginEpoch(int epoch, bool isMixed = true);
}
