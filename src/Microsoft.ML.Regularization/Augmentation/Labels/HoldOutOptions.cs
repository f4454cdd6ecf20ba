using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Marks a share of the training rows as held out for validation while a pipeline is fitted. Augmentations behind it leave marked rows
/// alone and never mix them into others; the neural trainers validate on them. Other trainers train on all rows.
/// </summary>
public sealed record HoldOutOptions : TrainingOnlyOptions
{
    /// <summary>The boolean column that carries the marks from this transform to the trainer. It exists only while a pipeline is fitted.</summary>
    public const string MarkColumnName = "HeldOutForValidation";

    /// <summary>
    /// The share of rows to hold out, above 0 (none) and below 1 (all). A row's fate depends on its id and the seed alone, so it is the same
    /// in every pass, and the share is met on average. Default: 0.1.
    /// </summary>
    public double Fraction { get; init; } = 0.1;

    /// <summary>The column of marks among the columns; null where no row is held out.</summary>
    internal static DataViewSchema.Column? FindMark(DataViewSchema schema) =>
        schema.GetColumnOrNull(MarkColumnName) is { Type: BooleanDataViewType } mark ? mark : null;

    internal override string Name => "HoldOut";

    internal override void Validate(IExceptionContext context) => context.CheckInsideZeroOne(Fraction, nameof(Fraction));

    internal override SchemaShape GetTrainingShape(IExceptionContext context, SchemaShape input)
    {
        if (input.TryFindColumn(MarkColumnName, out _))
            throw context.ExceptUserArg(nameof(HoldOutOptions), $"Column '{MarkColumnName}' exists already: a pipeline can hold rows out only once.");

        var mark = new SchemaShape.Column(MarkColumnName, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, isKey: false);
        return new SchemaShape(input.Append(mark));
    }

    internal override IDataView CreateTrainingView(IHostEnvironment env, IDataView source, int seed) =>
        HoldOutView.Create(env, source, Fraction, seed);
}
