using System.Reflection;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Groups;

/// <summary>Maps rows by what scores those of their group.</summary>
internal sealed class GroupMapping : RowMapping
{
    private static readonly MethodInfo GetterMaker = typeof(GroupMapping).GetMethod(nameof(CreateGetter), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly GroupTransformer _parent;
    private readonly HashSet<int> _reads;

    public GroupMapping(IExceptionContext context, GroupTransformer parent, DataViewSchema schema)
    {
        _parent = parent;
        var group = GroupColumn.Find(context, schema, parent.GroupBy);
        var common = parent.Common.GetRowToRowMapper(schema);
        var own = common.OutputSchema.Where(column => column.Index >= schema.Count && !column.IsHidden).ToList();
        Outputs = [.. own.Select(column => new DataViewSchema.DetachedColumn(column))];
        _reads = [group.Index, .. common.GetDependencies(own).Select(column => column.Index)];
    }

    public override DataViewSchema.DetachedColumn[] Outputs { get; }

    public override bool Reads(int column) => _reads.Contains(column);

    public override Delegate[] CreateGetters(DataViewRow row, Func<int, bool> isActive)
    {
        var active = Outputs.Where((_, output) => isActive(output)).Select(output => output.Name).ToHashSet();
        var scored = new ScoredRows(_parent, row, active);
        return [.. Outputs.Select(output => active.Contains(output.Name) ? (Delegate)GetterMaker.MakeGenericMethod(output.Type.RawType).Invoke(null, [scored, output.Name])! : null!)];
    }

    private static ValueGetter<T> CreateGetter<T>(ScoredRows scored, string name)
    {
        var getters = new Dictionary<DataViewRow, ValueGetter<T>>();
        return (ref value) =>
        {
            var row = scored.Current;
            if (!getters.TryGetValue(row, out var getter))
                getters.Add(row, getter = row.GetGetter<T>(row.Schema[name]));
            getter(ref value);
        };
    }

    /// <summary>A row as it is scored by what scores its group. Each of these is bound to the cursor when a row asks for it.</summary>
    private sealed class ScoredRows(GroupTransformer parent, DataViewRow row, HashSet<string> active)
    {
        private readonly GroupReader _read = GroupColumn.Bind(row, row.Schema[parent.GroupBy]);
        private readonly Dictionary<ITransformer, DataViewRow> _bound = new(ReferenceEqualityComparer.Instance);

        public DataViewRow Current
        {
            get
            {
                var scorer = (_read(out var group) ? parent.Find(group) : null) ?? parent.Common;
                if (!_bound.TryGetValue(scorer, out var scored))
                {
                    var mapper = scorer.GetRowToRowMapper(row.Schema);
                    _bound.Add(scorer, scored = mapper.GetRow(row, mapper.OutputSchema.Where(column => !column.IsHidden && active.Contains(column.Name))));
                }

                return scored;
            }
        }
    }
}
