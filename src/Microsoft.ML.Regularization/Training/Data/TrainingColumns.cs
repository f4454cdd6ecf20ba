using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>The columns that a network is trained on, found in a view and checked.</summary>
internal sealed class TrainingColumns
{
    /// <param name="context">For errors.</param>
    /// <param name="schema">The rows' columns.</param>
    /// <param name="task">The task to learn.</param>
    /// <param name="input">The input of the network.</param>
    /// <param name="labelName">The column of labels.</param>
    /// <param name="weightName">The column of example weights; null for none.</param>
    /// <param name="network">The values that keys stand for in an existing network; null if the rows define them.</param>
    /// <param name="translation">Translates the rows' keys to those.</param>
    public TrainingColumns(
        IExceptionContext context,
        DataViewSchema schema,
        LearningTask task,
        InputRequest input,
        string labelName,
        string? weightName,
        NetworkKeys? network = null,
        KeyTranslation? translation = null)
    {
        Task = task;
        Request = input;
        Input = InputColumns.Of(context, schema, input);
        if (network is not null)
            Input = Input.In(context, network, translation!);
        Label = Require(labelName, "label");
        if (task.CountOutputs(Label) is { } outputs)
            input.Capacity.OutputsOf(context, Label, outputs, Input.Layout);
        Target = task.TargetOf(Label)
            ?? throw context.ExceptSchemaMismatch(nameof(schema), "label", labelName, task.ExpectedLabel(Label.Type), Label.Type.ToString());
        var classes = task.ClassesOf(Label);
        if (network?.Label is { } own && translation!.Find(context, labelName, classes, own) is { } classTranslation)
        {
            ClassTranslation = classTranslation;
            Target = Target.In(own);
        }

        Keys = new NetworkKeys(network?.Label ?? classes, Input.Keys);

        if (weightName is not null)
        {
            Weight = Require(weightName, "weight");
            if (Weight.Value.Type != NumberDataViewType.Single)
                throw context.ExceptSchemaMismatch(nameof(schema), "weight", weightName, "Single", Weight.Value.Type.ToString());
        }

        Mark = HeldOutMark.Find(schema);

        DataViewSchema.Column Require(string name, string role) =>
            schema.GetColumnOrNull(name) ?? throw context.ExceptSchemaMismatch(nameof(schema), role, name);
    }

    private InputRequest Request { get; }

    /// <summary>The input of the network.</summary>
    public InputColumns Input { get; }

    /// <summary>The column that messages about a row's inputs name.</summary>
    public string InputName => Input.Name;

    /// <summary>Floats of a row's input.</summary>
    public int FeatureCount => Input.Layout.Width;

    public DataViewSchema.Column Label { get; }

    /// <summary>The values that keys stand for in the network that learns from the rows.</summary>
    public NetworkKeys Keys { get; }

    /// <summary>The network's key for each of the label's, or for each slot of a soft one counted from 1; null where they are the same.</summary>
    public uint[]? ClassTranslation { get; }

    /// <summary>The task to learn.</summary>
    public LearningTask Task { get; }

    /// <summary>How the task encodes the label.</summary>
    public LearningTarget Target { get; }

    public DataViewSchema.Column? Weight { get; }

    /// <summary>Where <see cref="HoldOutOptions"/> marks rows.</summary>
    public DataViewSchema.Column? Mark { get; }

    public TrainerColumnNames Names => new(Input.Features?.Name, Label.Name, Weight?.Name, [.. Input.Categories.Select(category => category.Name)]);

    /// <summary>The columns of the same names in another view, their keys translated to those of the network.</summary>
    public TrainingColumns In(IExceptionContext context, DataViewSchema schema, KeyTranslation translation) => In(context, schema, Keys, translation);

    /// <summary>The columns of the same names in a view, their keys translated to those of another network.</summary>
    public TrainingColumns In(IExceptionContext context, DataViewSchema schema, NetworkKeys network, KeyTranslation translation) =>
        new(context, schema, Task, Request, Label.Name, Weight?.Name, network, translation);

    public IEnumerable<DataViewSchema.Column> All()
    {
        foreach (var column in Input.All)
            yield return column;
        yield return Label;
        if (Weight is { } weight)
            yield return weight;
        if (Mark is { } mark)
            yield return mark;
    }
}
