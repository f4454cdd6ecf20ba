using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization;

/// <summary>
/// What a network learns to predict: what a label must be, which losses and metrics belong to it, and what a network's outputs mean. There is one object for
/// each task: see <see cref="LearningTasks"/>.
/// </summary>
public abstract class LearningTask : ICounterpart
{
    private protected LearningTask(string name) => Name = name;

    /// <summary>What messages and model files call it, such as <c>binary classification</c>.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The losses it can be trained with, by an example of each; the first is the default.</summary>
    internal abstract IReadOnlyList<LossFunction> Losses { get; }

    /// <summary>What validation measures.</summary>
    internal abstract IReadOnlyList<ValidationMetric> Metrics { get; }

    /// <summary>What progress shows beside the loss, and what it is called.</summary>
    internal abstract (ValidationMetric Metric, string Name) Headline { get; }

    /// <summary>What it has of that which techniques need of a task.</summary>
    internal abstract Capabilities Offers { get; }

    Capabilities ICounterpart.Answers => Capabilities.Classes;

    Capabilities ICounterpart.Offers => Offers;

    string ICounterpart.Refusal(Demand demand, Capabilities missing) => string.Create(
        CultureInfo.InvariantCulture, $"{demand.Option} is {demand.Value}, but it is about the probabilities of classes, and a {Name} has none.");

    /// <summary>The label that ML.NET's trainers of this task take.</summary>
    /// <param name="name">The column.</param>
    internal abstract SchemaShape.Column LabelShape(string name);

    /// <summary>Whether a label column can be learned, as far as its shape tells.</summary>
    internal virtual bool Takes(SchemaShape.Column label)
    {
        var own = LabelShape(label.Name);
        return label.Kind == own.Kind && label.IsKey == own.IsKey && (label.IsKey || label.ItemType == own.ItemType);
    }

    /// <summary>What a label must be, in messages, and what makes it so.</summary>
    /// <param name="found">The type of the column, or of its items.</param>
    internal abstract string ExpectedLabel(DataViewType found);

    /// <summary>Whether labels of a type share their rows among classes.</summary>
    internal virtual bool IsSoft(DataViewType label) => false;

    /// <summary>The outputs that a label asks for where there may be too many of them for memory; null where there are few.</summary>
    internal virtual ulong? CountOutputs(DataViewSchema.Column label) => null;

    /// <summary>The classes that the keys of a label stand for; null where there are none, or the column does not tell.</summary>
    internal virtual KeyDictionary? ClassesOf(DataViewSchema.Column label) => null;

    /// <summary>What there is to learn about a label column; null where it is of no fitting type.</summary>
    internal abstract LearningTarget? TargetOf(DataViewSchema.Column label);

    /// <summary>A label column as it is when a model scores, where training may have made it soft.</summary>
    /// <param name="label">The column in training.</param>
    /// <param name="classes">The network's classes, where it had them from other rows; null where they are the label's.</param>
    internal virtual (DataViewType Type, DataViewSchema.Annotations? Annotations) ScoredLabel(DataViewSchema.Column label, string[]? classes) =>
        (label.Type, label.Annotations);

    /// <summary>The columns that a model adds to rows, as far as the label's shape tells.</summary>
    /// <param name="label">The label.</param>
    internal abstract SchemaShape.Column[] ScoreShape(SchemaShape.Column label);

    /// <summary>Whether a network of so many outputs and such a target can be one of this task.</summary>
    /// <param name="outputs">Outputs of the network, at least 1.</param>
    /// <param name="scale">The units of its target, where it has some.</param>
    internal abstract bool Fits(int outputs, TargetScale? scale);

    /// <summary>From a network's outputs to predictions.</summary>
    /// <param name="scale">The units of the target, where it has some.</param>
    internal abstract OutputLink CreateLink(TargetScale? scale);

    /// <summary>The type of a row's prediction.</summary>
    /// <param name="outputs">Outputs of the network.</param>
    internal virtual DataViewType PredictionType(int outputs) => NumberDataViewType.Single;

    /// <summary>The columns that a model computes, which ML.NET's scorers complete.</summary>
    /// <param name="outputs">Outputs of the network.</param>
    /// <param name="link">Makes predictions of them.</param>
    internal abstract ScoreColumns CreateScores(int outputs, OutputLink link);
}
