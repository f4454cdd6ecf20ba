using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>
/// The source's rows as an augmentation changes them, while they are read. What happens to a row depends on the seed and the row's id alone, so that all
/// cursors give the same rows, shuffled or not, as trainers of several passes count on; only the view of a <see cref="TrainingPass"/> draws other changes.
/// </summary>
internal class AugmentedView : DerivedView, IRowwiseView
{
    private readonly AugmentationTraits _traits;
    private readonly RandomKey _key;
    private readonly Dictionary<int, string> _outputs = [];
    private readonly RandomKey _stream;
    private readonly bool _mixesRows = true;

    private AugmentedView(IHostEnvironment env, IDataView source, AugmentationTraits traits, RowAugmentation augmentation, int seed)
        : base(source)
    {
        Environment = env;
        _traits = traits;
        Augmentation = augmentation;

        // One behind another like it may have the same seed, and sees the same row ids; its draws must be its own.
        var identity = traits.StreamIdentity;
        var key = identity.Aggregate(RandomKey.FromSeed(seed), (derived, part) => derived.Derive(part));
        _key = Upstream.Of(source).OfType<AugmentedView>().Where(view => view._traits.StreamIdentity.SequenceEqual(identity))
            .Aggregate(key, (derived, _) => derived.Derive("behind another"));
        _stream = _key.Derive("canonical pass");
        Schema = CreateSchema();
        WarnOfNearPartners();
    }

    private AugmentedView(AugmentedView view, IDataView source, TrainingPass? pass)
        : base(source)
    {
        (Environment, _traits, Augmentation) = (view.Environment, view._traits, view.Augmentation);
        (_key, _outputs, FittedRows) = (view._key, view._outputs, view.FittedRows);
        Schema = view.Schema;
        (_stream, _mixesRows) = pass is null ? (view._stream, view._mixesRows) : (_key.Derive(pass.Key.ToUInt64()), pass.MixesRows);
    }

    public IHostEnvironment Environment { get; }

    public RowAugmentation Augmentation { get; }

    public override DataViewSchema Schema { get; }

    /// <summary>Tells the ids of repeated rows from those that other augmentations give.</summary>
    public ulong IdKey => _key.ToUInt64();

    public string AugmentationName => _traits.Name;

    public bool MixesRows => _traits.Mixings.Count > 0;

    public IReadOnlyList<IRowMixing> Mixings => _traits.Mixings;

    /// <summary>
    /// Whether a <see cref="TrainingPass"/> has changes of its own. False where the view is for trainers that count on the same rows in every pass, and
    /// where its changes are no matter of chance.
    /// </summary>
    public bool DrawsAnew => Augmentation.IsRandom && !Augmentation.WritesPairs;

    /// <summary>Whether a row of the source may appear in it more than once.</summary>
    public bool RepeatsRows => Augmentation.WritesPairs || Augmentation.Copies > 0;

    /// <summary>Rows whose partners depend on the order must keep it.</summary>
    public override bool CanShuffle => Source.CanShuffle && !CursorsDependOnOrder;

    /// <inheritdoc/>
    public bool ChangesEachAlone => !RepeatsRows && !CursorsDependOnOrder;

    private bool CursorsDependOnOrder => Augmentation.PartnerColumns is not null && !SeekableRow.IsIn(Source);

    /// <summary>A view that can be read at any row where the source can.</summary>
    public static IDataView Create(IHostEnvironment env, IDataView source, AugmentationTraits traits, RowAugmentation augmentation, int seed) =>
        SeekableRow.IsIn(source) && !augmentation.WritesPairs && augmentation.Copies == 0
            ? new SeekableView(env, source, traits, augmentation, seed)
            : new AugmentedView(env, source, traits, augmentation, seed);

    /// <summary>The output that a column of this view is; null for a column of the source.</summary>
    public string? OutputOf(DataViewSchema.Column column) => _outputs.GetValueOrDefault(column.Index);

    /// <summary>Unknown where one row may become several.</summary>
    public override long? GetRowCount() => RepeatsRows ? null : Source.GetRowCount();

    /// <summary>The view in a pass of its own, over the source's rows in that pass.</summary>
    public AugmentedView InPass(TrainingPass pass, IDataView source)
    {
        // If partners came from memory in one pass, they do in every pass.
        var partners = Augmentation.PartnerColumns is not null && SeekableRow.IsIn(Source) && !SeekableRow.IsIn(source);
        return Create(this, partners ? CacheCheckpoint.Of(Environment, source) : source, pass);
    }

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var columns = columnsNeeded.ToList();
        return AheadRows.TryOpen(this, columns, rand) ?? Augment(Source.GetRowCursor(SourceColumns(columns), CanShuffle ? rand : null), columns);
    }

    /// <summary>
    /// A partner drawn from a source that can be read at any row depends on the row alone, so cursors can share the work. Partners that
    /// come from a shuffled cursor depend on all rows before: then one cursor does it all.
    /// </summary>
    public override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        if (CursorsDependOnOrder)
            return [GetRowCursor(columnsNeeded, rand)];

        var columns = columnsNeeded.ToList();
        return Array.ConvertAll(Source.GetRowCursorSet(SourceColumns(columns), n, rand), cursor => (DataViewRowCursor)Augment(cursor, columns));
    }

    /// <inheritdoc/>
    public bool Computes(DataViewSchema.Column column) => Augmentation.ComputesAll && OutputOf(column) is not null;

    // A row is the same whichever columns are read of it, so what decides it is always read.
    public IEnumerable<DataViewSchema.Column> SourceColumns(IReadOnlyList<DataViewSchema.Column> columns)
    {
        FittedRows?.NoteReading();
        return InSource(columns).UnionBy(WithMark(Augmentation.Deciding).Select(name => Source.Schema[name]), column => column.Index);
    }

    /// <inheritdoc/>
    public DerivedSeeker Seek(SeekableRow input, IReadOnlyList<DataViewSchema.Column> columns)
    {
        PartnerRows? partners = null;
        try
        {
            partners = OpenPartners();
            return new AugmentedSeeker(this, input, Bind(input.Row, partners), partners, columns, _stream);
        }
        catch
        {
            partners?.Dispose();
            input.Dispose();
            throw;
        }
    }

    protected override DerivedView Rebind(IDataView source) => Create(this, source, pass: null);

    private static AugmentedView Create(AugmentedView view, IDataView source, TrainingPass? pass) =>
        SeekableRow.IsIn(source) && !view.RepeatsRows ? new SeekableView(view, source, pass) : new AugmentedView(view, source, pass);

    private AugmentedCursor Augment(DataViewRowCursor input, List<DataViewSchema.Column> columns)
    {
        PartnerRows? partners = null;
        try
        {
            partners = OpenPartners();
            return new AugmentedCursor(this, input, Bind(input, partners), partners, columns, _stream);
        }
        catch
        {
            partners?.Dispose();
            input.Dispose();
            throw;
        }
    }

    private RowAugmenter Bind(DataViewRow input, PartnerRows? partners) => Augmentation.Bind(new(input, partners, _mixesRows));

    private PartnerRows? OpenPartners() =>
        Augmentation.PartnerColumns is { } names ? PartnerRows.Open(Environment, Source, WithMark(names), _stream) : null;

    private DataViewSchema CreateSchema()
    {
        var outputs = Augmentation.Outputs.ToDictionary(output => output.Name);
        var builder = new DataViewSchema.Builder();
        foreach (var column in Source.Schema)
        {
            // By index, since a column may hide another one of the same name.
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

        using var channel = ((IChannelProvider)Environment).Start(_traits.Name);
        channel.Warning(
            $"The rows before {_traits.Name} can be read only in their order, so each is mixed with one of the {PartnerRows.PoolRows} rows around it. "
            + "Where rows are sorted, by class for example, put AppendCacheCheckpoint before it: partners then come from all rows.");
    }

    private List<string> WithMark(IEnumerable<string> names) =>
        HeldOutMark.Find(Source.Schema) is null ? [.. names] : [.. names, HeldOutMark.ColumnName];

    private sealed class SeekableView : AugmentedView, ISeekableView
    {
        public SeekableView(IHostEnvironment env, IDataView source, AugmentationTraits traits, RowAugmentation augmentation, int seed)
            : base(env, source, traits, augmentation, seed)
        {
        }

        public SeekableView(AugmentedView view, IDataView source, TrainingPass? pass)
            : base(view, source, pass)
        {
        }

        public DerivedSeeker Seek(IReadOnlyList<DataViewSchema.Column> columns) => Seek(SeekableRow.Open(Source, SourceColumns(columns))!, columns);
    }
}
