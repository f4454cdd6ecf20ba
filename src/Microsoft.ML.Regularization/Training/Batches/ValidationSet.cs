using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Validation rows of a set of their own.</summary>
internal static class ValidationSet
{
    public const string Option = "ValidationSet";

    /// <summary>The columns of the set, which must be like those of the training rows.</summary>
    public static TrainingColumns ColumnsOf(IHost host, IDataView set, TrainingColumns training)
    {
        var columns = training.In(host, set.Schema);
        var task = training.Task;
        if (columns.FeatureCount != training.FeatureCount || columns.Task.TargetSize != task.TargetSize)
        {
            var (theirClasses, ourClasses) = task.HasClasses ? ($" and {columns.Task.TargetSize} classes", $" and {task.TargetSize}") : ("", "");
            throw host.ExceptUserArg(
                Option,
                $"The validation set has {columns.FeatureCount} features{theirClasses}, the training set {training.FeatureCount}{ourClasses}.");
        }

        if (task.ClassNames is { } expected && columns.Task.ClassNames is { } names && !names.SequenceEqual(expected))
        {
            var index = names.Zip(expected).TakeWhile(pair => pair.First == pair.Second).Count();
            throw host.ExceptUserArg(
                Option,
                $"Column '{columns.Label.Name}': class {index + 1} of the validation set is '{names[index]}', that of the training set '{expected[index]}'. "
                + "Map both labels to keys by one fitted transformer.");
        }

        return columns;
    }
}
