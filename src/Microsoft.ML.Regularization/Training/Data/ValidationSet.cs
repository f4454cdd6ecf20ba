using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>A separate set of validation rows.</summary>
internal static class ValidationSet
{
    public const string Option = "ValidationSet";

    /// <summary>The columns of the set, which must be like those of the training rows.</summary>
    public static TrainingColumns ColumnsOf(IHost host, IDataView set, TrainingColumns training)
    {
        var columns = training.In(host, set.Schema, new KeyTranslation("the validation set", "the training set", Option));
        if (columns.FeatureCount != training.FeatureCount || columns.Target.TargetSize != training.Target.TargetSize)
        {
            var (theirClasses, ourClasses) = training.Target.ClassCount is { } count ? ($" and {columns.Target.ClassCount} classes", $" and {count}") : ("", "");
            throw host.ExceptUserArg(
                Option,
                $"The validation set has {columns.FeatureCount} features{theirClasses}, the training set {training.FeatureCount}{ourClasses}.");
        }

        if (columns.Input.Layout != training.Input.Layout)
            throw host.ExceptUserArg(Option, $"The validation set has {columns.Input.Layout}, the training set {training.Input.Layout}.");

        return columns;
    }
}
