using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>The columns that a network is trained on, found in a view and checked.</summary>
internal sealed class TrainingColumns
{
    public TrainingColumns(
        IExceptionContext context, DataViewSchema schema, LearningTaskKind kind, string featureName, string labelName, string? weightName)
    {
        Kind = kind;
        Features = Require(featureName, "feature");
        if (Features.Type is not VectorDataViewType { IsKnownSize: true } vector || vector.ItemType != NumberDataViewType.Single)
            throw context.ExceptSchemaMismatch(nameof(schema), "feature", featureName, "Vector<Single> of known size", Features.Type.ToString());
        FeatureCount = vector.Size;

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

    public DataViewSchema.Column Features { get; }

    public int FeatureCount { get; }

    public DataViewSchema.Column Label { get; }

    /// <summary>What there is to learn about the label.</summary>
    public LearningTask Task { get; }

    public DataViewSchema.Column? Weight { get; }

    /// <summary>Where <see cref="HoldOutOptions"/> marks rows.</summary>
    public DataViewSchema.Column? Mark { get; }

    /// <summary>The columns of the same names in another view.</summary>
    public TrainingColumns In(IExceptionContext context, DataViewSchema schema) => new(context, schema, Kind, Features.Name, Label.Name, Weight?.Name);

    public IEnumerable<DataViewSchema.Column> All()
    {
        yield return Features;
        yield return Label;
        if (Weight is { } weight)
            yield return weight;
        if (Mark is { } mark)
            yield return mark;
    }
}
