using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Regularization.Training;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>The rows of a set as one network of several sees them: which epoch they are of is decided for all together, by <see cref="CohortRows"/>.</summary>
internal sealed class MemberRows(ITrainingData set) : ITrainingData
{
    public LearningTask Task => set.Task;

    public LearningTarget Target => set.Target;

    public string LabelColumnName => set.LabelColumnName;

    public DataViewSchema.Column? Features => set.Features;

    public int FeatureCount => set.FeatureCount;

    public Dataset Training => set.Training;

    public Dataset Validation => set.Validation;

    public RowSummary TrainingSummary => set.TrainingSummary;

    public RowSummary ValidationSummary => set.ValidationSummary;

    public long SkippedRows => set.SkippedRows;

    public bool IsSparse => set.IsSparse;

    public bool IsStreaming => set.IsStreaming;

    public long RowsRead => set.RowsRead;

    public void BeginEpoch(int epoch, bool isMixed = true)
    {
    }
}
