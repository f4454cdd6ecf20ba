using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Splitting;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Marks a share of the training rows as held out for validation while a pipeline is fitted. Augmentations behind it leave marked rows
/// alone and never mix them into others; the neural trainers validate on them. Other trainers train on all rows.
/// </summary>
/// <remarks>
/// <para>Rows are held out one by one, unless <see cref="SamplingKeyColumnName"/> keeps those together that tell of each other, such as the images of one
/// patient. Where the rows have a label of classes, the share is met within each class, so that early stopping sees rare ones too: see
/// <see cref="Stratifies"/>.</para>
/// <para>The choice is the same in every pass, by the rows' ids. Only stratification has something to learn: the first cursor that reads the marks reads
/// the classes (and groups) of all rows before. Of rows it keeps a few thousand numbers for each class while it does so, growing with the square root of
/// their number; of groups some 100 bytes for each group, afterwards only those that are held out.</para>
/// </remarks>
[UnionCase("HoldOut")]
public sealed record HoldOutOptions : TrainingOnlyOptions
{
    /// <summary>
    /// The share of rows to hold out, above 0 (none) and below 1 (all); with <see cref="SamplingKeyColumnName"/> the share of groups. Within classes it is met
    /// exactly, else on average. Default: 0.2.
    /// </summary>
    public double Fraction { get; init; } = 0.2;

    /// <summary>
    /// Column of classes within each of which the share is met, rounded: a key, a boolean or text. Of a class of several rows at least one is held out and
    /// not all are, as long as that does not make the share of all rows greater by more than a tenth of it; of one row none is. Rows whose class is missing
    /// count as one class more. Default: null, which takes the label where <see cref="Stratifies"/> says so.
    /// </summary>
    public string? StratificationColumnName { get; init; }

    /// <summary>
    /// Whether the share is met within each class of column Label where the rows have one of classes (a key, a boolean, text, or a vector of their
    /// probabilities, of which the greatest tells the class) and neither <see cref="StratificationColumnName"/> nor <see cref="SamplingKeyColumnName"/> is given
    /// (true); or rows are drawn one by one, so that nothing is read before and the share is met on average (false). Default: true.
    /// </summary>
    public bool Stratifies { get; init; } = true;

    /// <summary>
    /// Column of groups whose rows are held out together or not at all: a key, text, an integer or a float. A hash of the group's value decides (of a key's name where it
    /// has names), so the choice for a group is the same in whatever order rows come and whatever other rows there are. Rows whose group is missing (a
    /// missing key, empty text, NaN) are each a group of their own. Beside <see cref="StratificationColumnName"/> a group counts as one of the class
    /// that most of its rows have, the share of each class's groups is met, and other groups have their say in where it ends; without it groups are drawn
    /// one by one, whatever their classes. Default: null, no groups.
    /// </summary>
    public string? SamplingKeyColumnName { get; init; }

    /// <summary>
    /// Seed of the random draws. Default: null, which takes the seed of the <see cref="MLContext"/> or, where that has none, a random one for
    /// each estimator.
    /// </summary>
    public int? Seed { get; init; }

    internal override int? SeedOfDraws => Seed;

    /// <summary>The column of classes within which the share is met; null for none.</summary>
    internal string? StratificationOf(DataViewSchema schema) =>
        StratificationColumnName ?? (Stratifies && SamplingKeyColumnName is null && HasClasses(schema) ? DefaultColumnNames.Label : null);

    internal override string Name => "HoldOut";

    internal override void Validate(IExceptionContext context)
    {
        context.CheckInsideZeroOne(Fraction, nameof(Fraction));
        if (StratificationColumnName is not null)
        {
            context.CheckName(StratificationColumnName, nameof(StratificationColumnName));
            if (!Stratifies)
            {
                throw context.ExceptUserArg(
                    nameof(Stratifies), $"Stratifies is false, but StratificationColumnName is '{StratificationColumnName}': leave one of them out.");
            }
        }

        if (SamplingKeyColumnName is null)
            return;

        context.CheckName(SamplingKeyColumnName, nameof(SamplingKeyColumnName));
        if (SamplingKeyColumnName == StratificationColumnName)
        {
            throw context.ExceptUserArg(
                nameof(SamplingKeyColumnName), $"SamplingKeyColumnName and StratificationColumnName must be different columns, but both are '{SamplingKeyColumnName}'.");
        }
    }

    internal override SchemaShape GetTrainingShape(IExceptionContext context, SchemaShape input)
    {
        if (input.TryFindColumn(HeldOutMark.ColumnName, out _))
            throw context.ExceptUserArg(nameof(HoldOutOptions), $"Column '{HeldOutMark.ColumnName}' exists already: a pipeline can hold rows out only once.");

        Check(
            StratificationColumnName, "stratification",
            column => column.IsKey || column.ItemType is TextDataViewType or BooleanDataViewType, "a key, Boolean or String");
        Check(
            SamplingKeyColumnName, "group",
            column => column.IsKey || column.ItemType is TextDataViewType or NumberDataViewType, "a key, String, an integer or a float");
        var mark = new SchemaShape.Column(HeldOutMark.ColumnName, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, isKey: false);
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

    private static bool HasClasses(DataViewSchema schema) => schema.GetColumnOrNull(DefaultColumnNames.Label)?.Type switch
    {
        KeyDataViewType or BooleanDataViewType or TextDataViewType => true,
        VectorDataViewType { Size: > 1 } soft => soft.ItemType == NumberDataViewType.Single,
        _ => false,
    };
}
