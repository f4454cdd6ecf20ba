using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization;

/// <summary>
/// A learning task: it defines the label, the losses and metrics that apply, and the meaning of a network's outputs. There is one object for each task: see
/// <see cref="LearningTasks"/>.
/// </summary>
public abstract class LearningTask : ICounterpart
{
    private protected LearningTask(string name) => Name = name;

    /// <summary>The name in messages and model files, such as <c>binary classification</c>.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The losses it can be trained with, by an example of each; the first is the default.</summary>
    internal abstract IReadOnlyList<LossFunction> Losses { get; }

    /// <summary>The loss where none is chosen.</summary>
    internal LossFunction DefaultLoss => Losses[0];

    /// <summary>The metrics that validation measures.</summary>
    internal abstract IReadOnlyList<ValidationMetric> Metrics { get; }

    /// <summary>The metric that progress shows besides the loss, and its name.</summary>
    internal abstract (ValidationMetric Metric, string Name) Headline { get; }

    /// <summary>The capabilities that it offers to regularization techniques.</summary>
    internal abstract Capabilities Offers { get; }

    Capabilities ICounterpart.Answers => Capabilities.Classes;

    Capabilities ICounterpart.Offers => Offers;

    string ICounterpart.Refusal(Demand demand, Capabilities missing) => string.Create(
        CultureInfo.InvariantCulture, $"{demand.Option} is {demand.Value}, but it is about the probabilities of classes, and a {Name} has none.");

    /// <summary>The label that ML.NET's trainers of this task take.</summary>
    /// <param name="name">The column.</param>
    internal abstract SchemaShape.Column LabelShape(string name);

    /// <summary>Whether a label column can be learned, judged by its shape.</summary>
    internal virtual bool Takes(SchemaShape.Column label)
    {
        var own = LabelShape(label.Name);
        return label.Kind == own.Kind && label.IsKey == own.IsKey && (label.IsKey || label.ItemType == own.ItemType);
    }

    /// <summary>The required label, for messages, and how to obtain it.</summary>
    /// <param name="found">The type of the column, or of its items.</param>
    internal abstract string ExpectedLabel(DataViewType found);

    /// <summary>Whether labels of a type share their rows among classes.</summary>
    internal virtual bool IsSoft(DataViewType label) => false;

    /// <summary>The outputs that a label asks for where there may be too many of them for memory; null where there are few.</summary>
    internal virtual ulong? CountOutputs(DataViewSchema.Column label) => null;

    /// <summary>The classes that the keys of a label stand for; null if there are none or the column does not list them.</summary>
    internal virtual KeyDictionary? ClassesOf(DataViewSchema.Column label) => null;

    /// <summary>The target of a label column; null if its type does not fit.</summary>
    internal abstract LearningTarget? TargetOf(DataViewSchema.Column label);

    /// <summary>The label column as it is at scoring; in training it may have become soft.</summary>
    /// <param name="label">The column in training.</param>
    /// <param name="classes">The network's classes, where it had them from other rows; null where they are the label's.</param>
    internal virtual (DataViewType Type, DataViewSchema.Annotations? Annotations) ScoredLabel(DataViewSchema.Column label, string[]? classes) =>
        (label.Type, label.Annotations);

    /// <summary>The columns that a model adds to rows, judged by the label's shape.</summary>
    /// <param name="label">The label.</param>
    internal abstract SchemaShape.Column[] ScoreShape(SchemaShape.Column label);

    /// <summary>Whether a network with this number of outputs and this target can belong to this task.</summary>
    /// <param name="outputs">Outputs of the network, at least 1.</param>
    /// <param name="scale">The units of its target, where it has some.</param>
    internal abstract bool Fits(int outputs, TargetScale? scale);

    /// <summary>From a network's outputs to predictions.</summary>
    /// <param name="scale">The units of the target, where it has some.</param>
    internal abstract OutputLink CreateLink(TargetScale? scale);

    /// <summary>The same, to calibrated probabilities where something was learned about them.</summary>
    internal OutputLink CreateLink(TargetScale? scale, LearnedCalibration? calibration) =>
        calibration is null ? CreateLink(scale) : new CalibratedLink(calibration, CreateLink(scale));

    /// <summary>The units of the mean of several networks' predictions, where they have some of their own.</summary>
    internal TargetScale? ScaleOfMean => Offers.HasFlag(Capabilities.Classes) ? null : new TargetScale(Mean: 0, Deviation: 1);

    /// <summary>The mean of several networks' predictions.</summary>
    /// <param name="outputs">Outputs of each network.</param>
    /// <param name="scales">The units of each network's target.</param>
    /// <param name="shares">How much each network counts; they sum to 1.</param>
    internal virtual PredictionMean CreateMean(int outputs, IReadOnlyList<TargetScale?> scales, IReadOnlyList<double> shares) =>
        new NumberMean(outputs, [.. scales.Select(scale => scale!)], shares);

    /// <summary>The type of a row's prediction.</summary>
    /// <param name="outputs">Outputs of the network.</param>
    internal virtual DataViewType PredictionType(int outputs) => NumberDataViewType.Single;

    /// <summary>The columns that a model computes, which ML.NET's scorers complete.</summary>
    /// <param name="outputs">Outputs of the network.</param>
    /// <param name="link">Makes predictions of them.</param>
    internal abstract ScoreColumns CreateScores(int outputs, OutputLink link);
}
