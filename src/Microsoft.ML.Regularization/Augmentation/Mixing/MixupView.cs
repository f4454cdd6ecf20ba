using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>The source's rows mixed with partners: see <see cref="MixupOptions"/>.</summary>
internal sealed class MixupView : DerivedView, IAugmentedView
{
    private readonly RandomKey _key;
    private readonly int _featureIndex;
    private readonly int _labelIndex;
    private readonly int _weightIndex = -1;

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

        // By index: a column may hide another of its name.
        _featureIndex = features.Index;
        _labelIndex = label.Index;
        if (options.EffectiveWeightColumnName is { } weightName)
            _weightIndex = Schema[weightName].Index;
        WarnOfNearPartners();

        DataViewSchema.Column Require(string name, string role) =>
            source.Schema.GetColumnOrNull(name) ?? throw env.ExceptSchemaMismatch(nameof(source), role, name);
    }

    public IHostEnvironment Environment { get; }

    public MixupOptions Options { get; }

    public MixableLabel Label { get; }

    public override DataViewSchema Schema { get; }

    public string AugmentationName => Options.Name;

    public bool DrawsAnew => Options.LabelMode == LabelMode.Soft;

    /// <summary>
    /// A <see cref="Random"/> makes other mixtures of soft labels, whether or not it also changes the order of the rows. Weighted pairs are the
    /// same in every pass, so they can change their order only where partners do not depend on it.
    /// </summary>
    public override bool CanShuffle => DrawsAnew || (Source is IRowSeekable && Source.CanShuffle);

    /// <summary>What a column of this view is to the mixture.</summary>
    public MixedRole RoleOf(DataViewSchema.Column column) =>
        column.Index == _featureIndex ? MixedRole.Features
        : column.Index == _labelIndex ? MixedRole.Label
        : column.Index == _weightIndex ? MixedRole.Weight
        : MixedRole.None;

    /// <summary>Unknown where a mixed row becomes two.</summary>
    public override long? GetRowCount() => DrawsAnew ? Source.GetRowCount() : null;

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        if (!CanShuffle)
            rand = null;
        var pass = PassKey(rand);
        var columns = columnsNeeded.ToList();
        return Mix(Source.GetRowCursor(SourceColumns(columns), rand), columns, pass);
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
            cursor => (DataViewRowCursor)Mix(cursor, columns, pass));
    }

    private MixupCursor Mix(DataViewRowCursor input, List<DataViewSchema.Column> columns, RandomKey pass)
    {
        PartnerRows? partners = null;
        try
        {
            partners = PartnerRows.Open(Environment, Source, MixedColumns(), pass);
            return new MixupCursor(this, input, partners, columns, pass);
        }
        catch
        {
            partners?.Dispose();
            input.Dispose();
            throw;
        }
    }

    /// <summary>Names of the columns that a mixture reads of a row and its partner.</summary>
    public List<string> MixedColumns()
    {
        var names = new List<string> { Options.FeatureColumnName, Options.LabelColumnName };
        if (Options.EffectiveWeightColumnName is { } weight && Source.Schema.GetColumnOrNull(weight) is not null)
            names.Add(weight);
        if (HoldOutOptions.FindMark(Source.Schema) is not null)
            names.Add(HoldOutOptions.MarkColumnName);
        return names;
    }

    private void WarnOfNearPartners()
    {
        if (Source is IRowSeekable || Source.CanShuffle || Source.GetRowCount() <= PartnerRows.PoolRows)
            return;

        using var channel = ((IChannelProvider)Environment).Start(Options.Name);
        channel.Warning(
            $"The rows before {Options.Name} can be read only in their order, so each is mixed with one of the {PartnerRows.PoolRows} rows around it. "
            + "Where rows are sorted, by class for example, put AppendCacheCheckpoint before it: partners then come from all rows.");
    }

    // Without a Random a cursor repeats the view's one canonical pass; with one it makes a pass of its own.
    private RandomKey PassKey(Random? rand) =>
        rand is null || !DrawsAnew ? _key.Derive("canonical pass") : _key.Derive((ulong)rand.NextInt64());

    // A mixture is the same whichever columns are read of it, so what decides it is always read.
    private IEnumerable<DataViewSchema.Column> SourceColumns(List<DataViewSchema.Column> columns) =>
        InSource(columns).UnionBy(MixedColumns().Select(name => Source.Schema[name]), column => column.Index);
}
