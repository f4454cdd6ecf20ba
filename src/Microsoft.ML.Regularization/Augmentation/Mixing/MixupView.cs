using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>The source's rows mixed with partners: see <see cref="MixupOptions"/>.</summary>
internal sealed class MixupView : DerivedView, IAugmentedView
{
    private readonly RandomKey _key;

    public MixupView(IHostEnvironment env, IDataView source, MixupOptions options, int seed)
        : base(source)
    {
        Environment = env;
        Options = options;
        var key = RandomKey.FromSeed(seed).Derive("mixup").Derive(options.FeatureColumnName).Derive(options.LabelColumnName);
        // One behind another may have the same seed and columns, and sees the same row ids; its draws must be its own.
        _key = Upstream.Of(source).OfType<MixupView>().Aggregate(key, (derived, _) => derived.Derive("behind another"));

        var features = Require(options.FeatureColumnName, "feature");
        if (features.Type is not VectorDataViewType { IsKnownSize: true } vector || vector.ItemType != NumberDataViewType.Single)
            throw env.ExceptSchemaMismatch(nameof(source), "feature", features.Name, "Vector<Single> of known size", features.Type.ToString());

        var label = Require(options.LabelColumnName, "label");
        Label = MixableLabel.Create(env, label);

        var builder = new DataViewSchema.Builder();
        foreach (var column in source.Schema)
        {
            if (column.Index == label.Index && options.LabelMode == LabelMode.Soft)
                builder.AddColumn(column.Name, Label.MixedType, Label.MixedAnnotations);
            else
                builder.AddColumn(column.Name, column.Type, column.Annotations);
        }

        if (options.EffectiveWeightColumnName is { } weight && source.Schema.GetColumnOrNull(weight) is null)
            builder.AddColumn(weight, NumberDataViewType.Single);
        Schema = builder.ToSchema();

        DataViewSchema.Column Require(string name, string role) =>
            source.Schema.GetColumnOrNull(name) ?? throw env.ExceptSchemaMismatch(nameof(source), role, name);
    }

    public IHostEnvironment Environment { get; }

    public MixupOptions Options { get; }

    public MixableLabel Label { get; }

    public override DataViewSchema Schema { get; }

    public string AugmentationName => Options.Name;

    /// <summary>Unknown where a mixed row becomes two.</summary>
    public override long? GetRowCount() => Options.LabelMode == LabelMode.WeightedPairs ? null : Source.GetRowCount();

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var pass = PassKey(rand);
        var columns = columnsNeeded.ToList();
        return new MixupCursor(this, Source.GetRowCursor(SourceColumns(columns), rand), columns, pass);
    }

    /// <summary>
    /// A partner drawn from a source that can be read at any row depends on the row alone, so cursors can share the work. Partners that
    /// come from a shuffled cursor depend on all rows before: then one cursor does it all.
    /// </summary>
    public override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        if (Source is not IRowSeekable)
            return [GetRowCursor(columnsNeeded, rand)];

        var pass = PassKey(rand);
        var columns = columnsNeeded.ToList();
        return Array.ConvertAll(
            Source.GetRowCursorSet(SourceColumns(columns), n, rand),
            cursor => (DataViewRowCursor)new MixupCursor(this, cursor, columns, pass));
    }

    /// <summary>Names of the columns that a mixture reads of a row and its partner.</summary>
    public List<string> MixedColumns()
    {
        var names = new List<string> { Options.FeatureColumnName, Options.LabelColumnName };
        if (Options.EffectiveWeightColumnName is { } weight && Source.Schema.GetColumnOrNull(weight) is not null)
            names.Add(weight);
        if (Source.Schema.GetColumnOrNull(HoldOutOptions.MarkColumnName) is not null)
            names.Add(HoldOutOptions.MarkColumnName);
        return names;
    }

    // Without a Random a cursor repeats the view's one canonical pass; with one it makes a pass of its own.
    private RandomKey PassKey(Random? rand) => rand is null ? _key.Derive("canonical pass") : _key.Derive((ulong)rand.NextInt64());

    // A mixture is the same whichever columns are read of it, so what decides it is always read.
    private IEnumerable<DataViewSchema.Column> SourceColumns(List<DataViewSchema.Column> columns) =>
        InSource(columns).UnionBy(MixedColumns().Select(name => Source.Schema[name]), column => column.Index);
}
