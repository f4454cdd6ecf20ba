using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>What a network is to predict: how labels become numbers to train on, what the loss is, and what validation measures.</summary>
internal abstract class LearningTask
{
    /// <summary>Outputs of the network.</summary>
    public abstract int Outputs { get; }

    /// <summary>Numbers of a row's target.</summary>
    public abstract int TargetSize { get; }

    /// <summary>The names of the classes; null where there are none, or they have none.</summary>
    public abstract IReadOnlyList<string>? ClassNames { get; }

    /// <summary>Whether rows are of classes, of which each should have its share of any choice of rows.</summary>
    public abstract bool HasClasses { get; }

    /// <summary>What progress shows beside the loss, and what it is called.</summary>
    public abstract (ValidationMetric Metric, string Name) Headline { get; }

    /// <summary>The task of a label column; null where it is of no fitting type.</summary>
    public static LearningTask? Of(LearningTaskKind kind, DataViewSchema.Column label) => kind switch
    {
        LearningTaskKind.Multiclass => MulticlassTask.Of(label),
        LearningTaskKind.Binary => BinaryTask.Of(label),
        _ => RegressionTask.Of(label),
    };

    /// <summary>What a label must be, in messages, and what makes it so.</summary>
    /// <param name="kind">What there is to learn.</param>
    /// <param name="found">The type of the column, or of its items.</param>
    public static string ExpectedLabel(LearningTaskKind kind, DataViewType found) => kind switch
    {
        LearningTaskKind.Multiclass when found is BooleanDataViewType =>
            "Key<UInt32> or Vector<Single> of known size (for true and false there is ml.BinaryClassification.Trainers.NeuralNetwork)",
        LearningTaskKind.Multiclass when found is TextDataViewType or NumberDataViewType =>
            "Key<UInt32> or Vector<Single> of known size (ml.Transforms.Conversion.MapValueToKey makes keys of texts and numbers)",
        LearningTaskKind.Multiclass => "Key<UInt32> or Vector<Single> of known size",
        LearningTaskKind.Binary => "Boolean or Vector<Single, 2>",
        _ => "Single",
    };

    /// <summary>Refuses labels that nothing can be learned from, and warns of classes that no rows show.</summary>
    /// <param name="context">Makes errors.</param>
    /// <param name="channel">Is warned.</param>
    /// <param name="labelColumnName">The label's column.</param>
    /// <param name="training">The training rows.</param>
    /// <param name="validation">The validation rows; there may be none.</param>
    /// <exception cref="InvalidOperationException">There is nothing to learn from the labels.</exception>
    public abstract void CheckLabels(IExceptionContext context, IChannel channel, string labelColumnName, LabelSummary training, LabelSummary validation);

    /// <summary>Why a metric is not defined on validation rows, to follow "is not defined: "; null where it is.</summary>
    public virtual string? WhyUndefined(ValidationMetric metric, LabelSummary validation) => null;

    /// <summary>How the run turns targets into what the loss compares outputs with.</summary>
    /// <param name="context">Makes errors.</param>
    /// <param name="labelColumnName">The label's column.</param>
    /// <param name="training">The rows it is learned from.</param>
    /// <param name="classWeights">See <see cref="NeuralNetworkOptions.ClassWeights"/>.</param>
    /// <param name="previous">The units of a previous run that this one continues.</param>
    public abstract TargetEncoding CreateEncoding(
        IExceptionContext context, string labelColumnName, LabelSummary training, ClassWeights? classWeights, TargetScale? previous);

    public abstract Objective CreateObjective(LossFunction? loss, RegularizationRecipe recipe);

    /// <summary>Measures a network's outputs on rows that are not trained on.</summary>
    /// <param name="encoding">The run's encoding.</param>
    public abstract ValidationMeter CreateMeter(TargetEncoding encoding);
}
