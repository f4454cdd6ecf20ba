using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The source's rows as an augmentation changes them, while they are read. What happens to a row depends on the seed, the pass and the row's id
/// alone, so that all cursors of a pass give the same rows.
/// </summary>
internal class AugmentedView : DerivedView, IAugmentedView
{
    private readonly AugmentationOptions _options;
    private readonly string[] _identity;
    private readonly RandomKey _key;
    private readonly Dictionary<int, string> _outputs = [];

    private AugmentedView(IHostEnvironment env, IDataView source, AugmentationOptions options, RowAugmentation augmentation, int seed)
        : base(source)
    {
        Environment = env;
        _options = options;
        Augmentation = augmentation;
        _identity = [.. options.StreamIdentity];

        // One behind another like it may have the same seed, and sees the same row ids; its draws must be its own.
        var key = _identity.Aggregate(RandomKey.FromSeed(seed), (derived, part) => derived.Derive(part));
        _key = Upstream.Of(source).OfType<AugmentedView>().Where(view => view._identity.SequenceEqual(_identity))
            .Aggregate(key, (derived, _) => derived.Derive("behind another"));
        Schema = CreateSchema();
        WarnOfNearPartners();
    }

    public IHostEnvironment Environment { get; }

    public RowAugmentation Augmentation { get; }

    public override DataViewSchema Schema { get; }

    public string AugmentationName => _options.Name;

    public bool MixesRows => _options.MixesRows;

    public IEnumerable<MixingOptions> Mixings => _options.Mixings;

    public bool DrawsAnew => Augmentation.IsRandom && !Augmentation.WritesPairs;

    public bool RepeatsRows => Augmentation.WritesPairs || Augmentation.Copies > 0;

    /// <summary>
    /// A <see cref="Random"/> makes other changes, whether or not it also changes the order of the rows. Pairs are the same in every pass, so they can
    /// change their order only where partners do not depend on it.
    /// </summary>
    public override bool CanShuffle => Augmentation.WritesPairs ? Source is IRowSeekable && Source.CanShuffle : DrawsAnew || Source.CanShuffle;

    private bool CursorsDependOnOrder => Augmentation.PartnerColumns is not null && Source is not IRowSeekable;

    /// <summary>A view that can be read at any row where the source can.</summary>
    public static IDataView Create(IHostEnvironment env, IDataView source, AugmentationOptions options, int seed)
    {
        var augmentation = options.Bind(env, source);
        return source is IRowSeekable seekable && !augmentation.WritesPairs && augmentation.Copies == 0
            ? new SeekableView(env, source, seekable, options, augmentation, seed)
            : new AugmentedView(env, source, options, augmentation, seed);
    }

    /// <summary>The output that a column of this view is; null for a column of the source.</summary>
    public string? OutputOf(DataViewSchema.Column column) => _outputs.GetValueOrDefault(column.Index);

    /// <summary>Unknown where a row may become more.</summary>
    public override long? GetRowCount() => RepeatsRows ? null : Source.GetRowCount();

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        if (!CanShuffle)
            rand = null;
        var pass = PassKey(rand);
        var columns = columnsNeeded.ToList();
        return Augment(Source.GetRowCursor(SourceColumns(columns), rand), columns, pass, rand);
    }

    /// <summary>
    /// A partner drawn from a source that can be read at any row depends on the row alone, so cursors can share the work. Partners that
    /// come from a shuffled cursor depend on all rows before: then one cursor does it all.
    /// </summary>
    public override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        if (CursorsDependOnOrder)
            return [GetRowCursor(columnsNeeded, rand)];

        if (!CanShuffle)
            rand = null;
        var pass = PassKey(rand);
        var columns = columnsNeeded.ToList();
        return Array.ConvertAll(
            Source.GetRowCursorSet(SourceColumns(columns), n, rand),
            cursor => (DataViewRowCursor)Augment(cursor, columns, pass, rand));
    }

    private AugmentedCursor Augment(DataViewRowCursor input, List<DataViewSchema.Column> columns, RandomKey pass, Random? rand)
    {
        PartnerRows? partners = null;
        try
        {
            partners = OpenPartners(pass, rand);
            return new AugmentedCursor(this, input, Bind(input, partners, rand), partners, columns, pass);
        }
        catch
        {
            partners?.Dispose();
            input.Dispose();
            throw;
        }
    }

    private RowAugmenter Bind(DataViewRow input, PartnerRows? partners, Random? rand) =>
        Augmentation.Bind(new AugmentedRow(input, partners, MixesRows: rand is not UnmixedPass));

    private PartnerRows? OpenPartners(RandomKey pass, Random? rand) =>
        Augmentation.PartnerColumns is { } names ? PartnerRows.Open(Environment, Source, WithMark(names), pass, isFresh: rand is not null) : null;

    private DataViewSchema CreateSchema()
    {
        var outputs = Augmentation.Outputs.ToDictionary(output => output.Name);
        var builder = new DataViewSchema.Builder();
        foreach (var column in Source.Schema)
        {
            // By index: a column may hide another of its name.
            if (!column.IsHidden && outputs.Remove(column.Name, out var output))
            {
                builder.AddColumn(output.Name, output.Type, output.Annotations);
                _outputs.Add(column.Index, output.Name);
            }
            else
            {
                builder.AddColumn(column.Name, column.Type, column.Annotations);
            }
        }

        foreach (var (output, index) in Augmentation.Outputs.Where(output => outputs.ContainsKey(output.Name)).Select((output, index) => (output, index)))
        {
            builder.AddColumn(output.Name, output.Type, output.Annotations);
            _outputs.Add(Source.Schema.Count + index, output.Name);
        }

        return builder.ToSchema();
    }

    private void WarnOfNearPartners()
    {
        if (!CursorsDependOnOrder || Source.CanShuffle || Source.GetRowCount() <= PartnerRows.PoolRows)
            return;

        using var channel = ((IChannelProvider)Environment).Start(_options.Name);
        channel.Warning(
            $"The rows before {_options.Name} can be read only in their order, so each is mixed with one of the {PartnerRows.PoolRows} rows around it. "
            + "Where rows are sorted, by class for example, put AppendCacheCheckpoint before it: partners then come from all rows.");
    }

    // Without a Random a cursor repeats the view's one canonical pass; with one it makes a pass of its own.
    private RandomKey PassKey(Random? rand) =>
        rand is null || !DrawsAnew ? _key.Derive("canonical pass") : _key.Derive((ulong)rand.NextInt64());

    // A row is the same whichever columns are read of it, so what decides it is always read.
    private IEnumerable<DataViewSchema.Column> SourceColumns(List<DataViewSchema.Column> columns) =>
        InSource(columns).UnionBy(WithMark(Augmentation.Deciding).Select(name => Source.Schema[name]), column => column.Index);

    private List<string> WithMark(IEnumerable<string> names) =>
        HoldOutOptions.FindMark(Source.Schema) is null ? [.. names] : [.. names, HoldOutOptions.MarkColumnName];

    private sealed class SeekableView(
        IHostEnvironment env, IDataView source, IRowSeekable seekable, AugmentationOptions options, RowAugmentation augmentation, int seed)
        : AugmentedView(env, source, options, augmentation, seed), IPassSeekable
    {
        public RowSeeker GetSeeker(Func<int, bool> predicate) => GetSeeker(predicate, rand: null);

        public RowSeeker GetSeeker(Func<int, bool> predicate, Random? rand)
        {
            var pass = PassKey(rand);
            var columns = Schema.Where(column => predicate(column.Index)).ToList();
            var needed = SourceColumns(columns).Select(column => column.Index).ToHashSet();
            var input = IPassSeekable.GetSeeker(seekable, needed.Contains, rand);
            PartnerRows? partners = null;
            try
            {
                partners = OpenPartners(pass, rand);
                return new AugmentedSeeker(this, input, Bind(input, partners, rand), partners, columns, pass);
            }
            catch
            {
                partners?.Dispose();
                input.Dispose();
                throw;
            }
        }
    }
}
