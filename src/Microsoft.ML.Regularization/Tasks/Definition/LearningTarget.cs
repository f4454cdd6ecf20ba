using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>The target that a task derives from a label column: how labels become numbers to train on, and what validation measures.</summary>
internal abstract class LearningTarget
{
    /// <summary>Outputs of the network.</summary>
    public abstract int Outputs { get; }

    /// <summary>Numbers of a row's target.</summary>
    public abstract int TargetSize { get; }

    /// <summary>The classes that rows may be of; null where they are of none.</summary>
    public virtual int? ClassCount => null;

    /// <summary>The same target for a network that knows other classes, or in another order.</summary>
    /// <param name="classes">Those that the network knows.</param>
    public virtual LearningTarget In(KeyDictionary classes) => this;

    /// <summary>Which of several groups a row belongs to, of which any choice of rows should have its share each.</summary>
    /// <param name="label">The row's label.</param>
    public virtual int StratumOf(RowLabel label) => 0;

    /// <summary>Whether all rows are of one group.</summary>
    public virtual bool IsOfOneStratum(LabelSummary rows) => false;

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

    /// <summary>How the run encodes targets for the loss.</summary>
    /// <param name="context">Makes errors.</param>
    /// <param name="labelColumnName">The label's column.</param>
    /// <param name="training">The rows it is learned from.</param>
    /// <param name="classWeights">See <see cref="NeuralNetworkOptions.ClassWeights"/>.</param>
    /// <param name="previous">The units of a previous run that this one continues.</param>
    public abstract TargetEncoding CreateEncoding(
        IExceptionContext context, string labelColumnName, LabelSummary training, ClassWeights? classWeights, TargetScale? previous);

    /// <summary>Measures a network's outputs on rows that are not trained on.</summary>
    /// <param name="encoding">The run's encoding.</param>
    public abstract ValidationMeter CreateMeter(TargetEncoding encoding);
}
