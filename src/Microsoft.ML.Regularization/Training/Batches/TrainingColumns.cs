using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>The columns that a network is trained on, found in a view and checked.</summary>
internal sealed class TrainingColumns
{
    public TrainingColumns(
        IExceptionContext context, DataViewSchema schema, LearningTaskKind kind, InputRequest input, string labelName, string? weightName)
    {
        Kind = kind;
        Request = input;
        Input = InputColumns.Of(context, schema, input);
        Label = Require(labelName, "label");
        Task = LearningTask.Of(kind, Label)
            ?? throw context.ExceptSchemaMismatch(nameof(schema), "label", labelName, LearningTask.ExpectedLabel(kind), Label.Type.ToString());

        if (weightName is not null)
        {
            Weight = Require(weightName, "weight");
            if (Weight.Value.Type != NumberDataViewType.Single)
                throw context.ExceptSchemaMismatch(nameof(schema), "weight", weightName, "Single", Weight.Value.Type.ToString());
        }

        Mark = HoldOutOptions.FindMark(schema);

        DataViewSchema.Column Require(string name, string role) =>
            schema.GetColumnOrNull(name) ?? throw context.ExceptSchemaMismatch(nameof(schema), role, name);
    }

    private LearningTaskKind Kind { get; }

    private InputRequest Request { get; }

    /// <summary>What the network reads.</summary>
    public InputColumns Input { get; }

    public DataViewSchema.Column Features => Input.Features;

    /// <summary>Floats of a row's input.</summary>
    public int FeatureCount => Input.Layout.Width;

    public DataViewSchema.Column Label { get; }

    /// <summary>What there is to learn about the label.</summary>
    public LearningTask Task { get; }

    public DataViewSchema.Column? Weight { get; }

    /// <summary>Where <see cref="HoldOutOptions"/> marks rows.</summary>
    public DataViewSchema.Column? Mark { get; }

    public TrainerColumnNames Names => new(Features.Name, Label.Name, Weight?.Name, [.. Input.Categories.Select(category => category.Name)]);

    /// <summary>The columns of the same names in another view.</summary>
    public TrainingColumns In(IExceptionContext context, DataViewSchema schema) => new(context, schema, Kind, Request, Label.Name, Weight?.Name);

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
