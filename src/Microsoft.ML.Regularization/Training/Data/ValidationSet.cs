using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Validation rows of a set of their own.</summary>
internal static class ValidationSet
{
    public const string Option = "ValidationSet";

    /// <summary>The columns of the set, which must be like those of the training rows.</summary>
    public static TrainingColumns ColumnsOf(IHost host, IDataView set, TrainingColumns training)
    {
        var columns = training.In(host, set.Schema, new KeyTranslation("the validation set", "the training set", Option));
        var task = training.Task;
        if (columns.FeatureCount != training.FeatureCount || columns.Task.TargetSize != task.TargetSize)
        {
            var (theirClasses, ourClasses) = task.HasClasses ? ($" and {columns.Task.TargetSize} classes", $" and {task.TargetSize}") : ("", "");
            throw host.ExceptUserArg(
                Option,
                $"The validation set has {columns.FeatureCount} features{theirClasses}, the training set {training.FeatureCount}{ourClasses}.");
        }

        if (columns.Input.Layout != training.Input.Layout)
            throw host.ExceptUserArg(Option, $"The validation set has {columns.Input.Layout}, the training set {training.Input.Layout}.");

        return columns;
    }
}
