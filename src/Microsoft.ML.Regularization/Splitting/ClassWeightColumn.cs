using System.Numerics.Tensors;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Splitting;

/// <summary>The column of example weights that make up for how frequent classes are: see <see cref="ClassWeightsOptions"/>.</summary>
internal sealed class ClassWeightColumn : ComputedColumn
{
    private readonly IHostEnvironment _env;
    private readonly IDataView _source;
    private readonly ClassWeightsOptions _options;
    private readonly DataViewSchema.Column _column;
    private readonly MixableLabel _label;
    private readonly Deferred<float[]> _weights;

    public ClassWeightColumn(IHostEnvironment env, IDataView source, ClassWeightsOptions options)
        : base(options.ExampleWeightColumnName, NumberDataViewType.Single)
    {
        (_env, _source, _options) = (env, source, options);
        (_column, _label) = env.RequireClasses(source.Schema, options.LabelColumnName);
        _weights = new Deferred<float[]>(LearnWeights);
        Reads = source.Schema.GetColumnOrNull(Name) is null ? [_column.Name] : [_column.Name, Name];
    }

    public override IReadOnlyList<string> Reads { get; }

    public override void Learn() => _ = _weights.Value;

    public override Delegate Bind(DataViewRow row)
    {
        var own = WeightGetter(row);
        var factor = BindFactor(row, _weights.Value);
        return (ValueGetter<float>)((ref weight) =>
        {
            own(ref weight);
            weight *= factor();
        });
    }

    private ValueGetter<float> WeightGetter(DataViewRow row) =>
        row.Schema.GetColumnOrNull(Name) is { } own ? row.GetGetter<float>(own) : (ref weight) => weight = 1;

    private Func<float> BindFactor(DataViewRow row, float[] weights)
    {
        if (BindClass(row) is { } classReader)
        {
            return () =>
            {
                var label = classReader();
                return label < 0 ? 1 : weights[label];
            };
        }

        var reader = _label.Bind(row);
        var shares = new float[_label.Size];
        return () =>
        {
            reader(shares);
            var expected = TensorPrimitives.Dot<float>(shares, weights);
            return float.IsNaN(expected) ? 1 : expected;
        };
    }

    /// <summary>Reads the class of a hard label, from 0, or -1 where it is missing; null for soft labels.</summary>
    private Func<int>? BindClass(DataViewRow row)
    {
        switch (_column.Type)
        {
            case KeyDataViewType:
                var keyGetter = row.GetKeyGetter(row.Schema[_column.Name]);
                uint key = 0;
                return () =>
                {
                    keyGetter(ref key);
                    return key <= _label.Size ? (int)key - 1 : -1;
                };
            case BooleanDataViewType:
                var flagGetter = row.GetGetter<bool>(row.Schema[_column.Name]);
                var flag = false;
                return () =>
                {
                    flagGetter(ref flag);
                    return flag ? 1 : 0;
                };
            default:
                return null;
        }
    }

    private float[] LearnWeights()
    {
        var (counts, rows) = CountClasses();
        if (rows == 0)
        {
            throw _env.Except(
                $"Column '{_column.Name}': {_options.Name} has no classes to count: no row that is not held out has a label and a weight above 0.");
        }

        var weights = _options.Weights.Resolve(_env, counts.ShownMasses(), _column.Name, rows);
        for (var k = 0; k < weights.Length; k++)
        {
            if (!counts.Has(k))
                weights[k] = 1;
        }

        return weights;
    }

    /// <summary>The classes of the rows, and the number of rows; those that a trainer cannot use are left to it.</summary>
    private (ClassCounts Counts, long Rows) CountClasses()
    {
        var names = HeldOutMark.Find(_source.Schema) is null ? Reads : [.. Reads, HeldOutMark.ColumnName];
        using var cursor = _source.GetRowCursor(names.Select(name => _source.Schema[name]));
        var mark = new HeldOutMark(cursor);
        var own = WeightGetter(cursor);
        var classReader = BindClass(cursor);
        var reader = _label.Bind(cursor);
        var counts = new ClassCounts(_label.Size);
        var shares = new float[_label.Size];
        var rows = 0L;
        var weight = 0f;
        while (cursor.MoveNext())
        {
            own(ref weight);
            if (mark.Read() || weight is not (> 0 and < float.PositiveInfinity))
                continue;

            if (classReader is not null)
            {
                var label = classReader();
                if (label < 0)
                    continue;
                counts.Add(label, weight);
            }
            else
            {
                reader(shares);
                if (!float.IsFinite(TensorPrimitives.MaxMagnitude<float>(shares)))
                    continue;
                counts.Add(shares, weight);
            }

            rows++;
        }

        return (counts, rows);
    }
}
