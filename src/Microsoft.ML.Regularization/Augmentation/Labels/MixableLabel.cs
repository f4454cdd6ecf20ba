using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Writes a row's label as numbers that can be mixed; all of them NaN where the label is missing.</summary>
internal delegate void LabelReader(Span<float> destination);

/// <summary>
/// A label column seen as numbers: a class label as its distribution over the classes, a regression target as itself.
/// </summary>
internal abstract class MixableLabel(DataViewSchema.Column column, int size)
{
    public const string Expected = "Key<UInt32>, Boolean, Single or Vector<Single> of known size";

    protected DataViewSchema.Column Column { get; } = column;

    /// <summary>How many numbers a label has: one for each class, or one.</summary>
    public int Size { get; } = size;

    /// <summary>The type of the column after mixing.</summary>
    public virtual DataViewType MixedType => new VectorDataViewType(NumberDataViewType.Single, Size);

    /// <summary>Reads the label of the current row of <paramref name="row"/>.</summary>
    public abstract LabelReader Bind(DataViewRow row);

    /// <summary>Annotations of the column after mixing: the names of the classes as slot names, and their values.</summary>
    public virtual DataViewSchema.Annotations MixedAnnotations => Column.Annotations;

    /// <exception cref="ArgumentOutOfRangeException">The column is of another type than <see cref="Expected"/>.</exception>
    public static MixableLabel Create(IExceptionContext context, DataViewSchema.Column column) => column.Type switch
    {
        KeyDataViewType key => new KeyLabel(column, key.ValueCount(context)),
        BooleanDataViewType => new BooleanLabel(column),
        NumberDataViewType number when number == NumberDataViewType.Single => new TargetLabel(column),
        VectorDataViewType { IsKnownSize: true } vector when vector.ItemType == NumberDataViewType.Single => new SoftLabel(column, vector.Size),
        _ => throw context.ExceptSchemaMismatch(nameof(column), "label", column.Name, Expected, column.Type.ToString()),
    };

    /// <summary>The shape after mixing of a label column of shape <paramref name="label"/>; null where it cannot be mixed.</summary>
    public static SchemaShape.Column? MixedShape(SchemaShape.Column label)
    {
        var isScalar = label.Kind == SchemaShape.Column.VectorKind.Scalar;
        if (label.ItemType == NumberDataViewType.Single && label.Kind != SchemaShape.Column.VectorKind.VariableVector)
            return label;
        if (isScalar && label.IsKey)
            return Soft(ClassAnnotations.MixedShape(label.Annotations));
        if (isScalar && label.ItemType == BooleanDataViewType.Instance)
            return Soft(ClassAnnotations.NamesShape());
        return null;

        SchemaShape.Column Soft(SchemaShape annotations) =>
            new(label.Name, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false, annotations);
    }

    private sealed class KeyLabel(DataViewSchema.Column column, int count) : MixableLabel(column, count)
    {
        public override DataViewSchema.Annotations MixedAnnotations => ClassAnnotations.FromKey(Column);

        public override LabelReader Bind(DataViewRow row)
        {
            var getter = row.GetKeyGetter(row.Schema[Column.Name]);
            uint key = 0;
            return destination =>
            {
                getter(ref key);
                if (key == 0 || key > destination.Length)
                {
                    destination.Fill(float.NaN);
                    return;
                }

                destination.Clear();
                destination[(int)key - 1] = 1;
            };
        }
    }

    private sealed class BooleanLabel(DataViewSchema.Column column) : MixableLabel(column, 2)
    {
        public override DataViewSchema.Annotations MixedAnnotations => ClassAnnotations.Named([bool.FalseString, bool.TrueString]);

        public override LabelReader Bind(DataViewRow row)
        {
            var getter = row.GetGetter<bool>(row.Schema[Column.Name]);
            var label = false;
            return destination =>
            {
                getter(ref label);
                (destination[0], destination[1]) = label ? (0f, 1f) : (1f, 0f);
            };
        }
    }

    private sealed class TargetLabel(DataViewSchema.Column column) : MixableLabel(column, 1)
    {
        public override DataViewType MixedType => NumberDataViewType.Single;

        public override LabelReader Bind(DataViewRow row)
        {
            var getter = row.GetGetter<float>(row.Schema[Column.Name]);
            return destination => getter(ref destination[0]);
        }
    }

    private sealed class SoftLabel(DataViewSchema.Column column, int count) : MixableLabel(column, count)
    {
        public override LabelReader Bind(DataViewRow row)
        {
            var getter = row.GetGetter<VBuffer<float>>(row.Schema[Column.Name]);
            VBuffer<float> probabilities = default;
            return destination =>
            {
                getter(ref probabilities);
                if (probabilities.Length != destination.Length)
                    throw Contracts.Except($"Column '{Column.Name}': a row has {probabilities.Length} probabilities instead of {destination.Length}.");
                probabilities.CopyTo(destination);
            };
        }
    }
}
