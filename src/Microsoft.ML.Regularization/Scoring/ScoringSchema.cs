using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Scoring;

/// <summary>
/// The columns of training rows as they are when a model scores: a label that mixing made soft is the key or boolean it was made from, and marks of held-out
/// rows are gone. ML.NET's scorer takes the names of the classes from these columns, as it does for its own trainers.
/// </summary>
internal static class ScoringSchema
{
    /// <param name="training">The columns of the training rows.</param>
    /// <param name="labelColumnName">The label's.</param>
    /// <param name="task">What is predicted.</param>
    /// <param name="classes">The network's classes, where it had them from other rows; null where they are the label's.</param>
    public static DataViewSchema Of(DataViewSchema training, string labelColumnName, LearningTask task, string[]? classes = null)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var column in training)
        {
            if (column.IsHidden || column.Name == HeldOutMark.ColumnName)
                continue;
            var (type, annotations) = column.Name == labelColumnName ? task.ScoredLabel(column, classes) : (column.Type, column.Annotations);
            builder.AddColumn(column.Name, type, annotations);
        }

        return builder.ToSchema();
    }
}
