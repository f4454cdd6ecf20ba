using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Marks a share of the training rows as held out for validation while a pipeline is fitted. Augmentations behind it leave marked rows
/// alone and never mix them into others; the neural trainers validate on them. Other trainers train on all rows.
/// </summary>
/// <remarks>
/// <para>Rows are held out one by one, unless <see cref="GroupColumnName"/> keeps those together that tell of each other, such as the images of one
/// patient. <see cref="StratificationColumnName"/> meets the share within each class, which matters where classes are rare.</para>
/// <para>The choice is the same in every pass. Only stratification has something to learn: the first cursor that reads the marks reads the classes
/// (and groups) of all rows before. Of rows it keeps a few thousand numbers for each class while it does so, growing with the square root of
/// their number; of groups some 100 bytes for each group, afterwards only those that are held out.</para>
/// </remarks>
public sealed record HoldOutOptions : TrainingOnlyOptions
{
    /// <summary>The boolean column that carries the marks from this transform to the trainer. It exists only while a pipeline is fitted.</summary>
    public const string MarkColumnName = "HeldOutForValidation";

    /// <summary>
    /// The share of rows to hold out, above 0 (none) and below 1 (all); with <see cref="GroupColumnName"/> the share of groups. A row's fate
    /// depends on its id and the seed alone, so it is the same in every pass, and the share is met on average; with
    /// <see cref="StratificationColumnName"/> it is met exactly. Default: 0.1.
    /// </summary>
    public double Fraction { get; init; } = 0.1;

    /// <summary>
    /// Column of classes within each of which the share is met, rounded: a key, a boolean or text, usually the label before it is made soft. Of a
    /// class of several rows at least one is held out and not all are; of one row none is. Rows whose class is missing count as one class more.
    /// Default: null, which meets the share on average over all rows.
    /// </summary>
    public string? StratificationColumnName { get; init; }

    /// <summary>
    /// Column of groups whose rows share their fate: a key, text, an integer or a float. A hash of the group's value decides (of a key's name where it
    /// has names), so a group's fate is the same in whatever order rows come and whatever other rows there are. Rows whose group is missing (a
    /// missing key, empty text, NaN) are each a group of their own. Beside <see cref="StratificationColumnName"/> a group counts as one of the class
    /// that most of its rows have, the share of each class's groups is met, and other groups have their say in where it ends. Default: null, no groups.
    /// </summary>
    public string? GroupColumnName { get; init; }

    /// <summary>The column of marks among the columns; null where no row is held out.</summary>
    internal static DataViewSchema.Column? FindMark(DataViewSchema schema) =>
        schema.GetColumnOrNull(MarkColumnName) is { Type: BooleanDataViewType } mark ? mark : null;

    internal override string Name => "HoldOut";

    internal override void Validate(IExceptionContext context)
    {
        context.CheckInsideZeroOne(Fraction, nameof(Fraction));
        if (StratificationColumnName is not null)
            context.CheckName(StratificationColumnName, nameof(StratificationColumnName));
        if (GroupColumnName is null)
            return;

        context.CheckName(GroupColumnName, nameof(GroupColumnName));
        if (GroupColumnName == StratificationColumnName)
        {
            throw context.ExceptUserArg(
                nameof(GroupColumnName), $"GroupColumnName and StratificationColumnName must be different columns, but both are '{GroupColumnName}'.");
        }
    }

    internal override SchemaShape GetTrainingShape(IExceptionContext context, SchemaShape input)
    {
        if (input.TryFindColumn(MarkColumnName, out _))
            throw context.ExceptUserArg(nameof(HoldOutOptions), $"Column '{MarkColumnName}' exists already: a pipeline can hold rows out only once.");

        Check(
            StratificationColumnName, "stratification",
            column => column.IsKey || column.ItemType is TextDataViewType or BooleanDataViewType, "a key, Boolean or String");
        Check(
            GroupColumnName, "group",
            column => column.IsKey || column.ItemType is TextDataViewType or NumberDataViewType, "a key, String, an integer or a float");
        var mark = new SchemaShape.Column(MarkColumnName, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, isKey: false);
        return new SchemaShape(input.Append(mark));

        void Check(string? name, string role, Predicate<SchemaShape.Column> isFit, string expected)
        {
            if (name is null)
                return;
            var column = context.Require(input, name, role);
            if (column.Kind != SchemaShape.Column.VectorKind.Scalar || !isFit(column))
                throw context.Mismatch(role, column, expected);
        }
    }

    internal override IDataView CreateTrainingView(IHostEnvironment env, IDataView source, int seed) => HoldOutView.Create(env, source, this, seed);
}
