using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The rows of a scorer, whose network scores blocks of rows ahead of who reads them. Columns, and what is made of the network's outputs, are the scorer's.
/// Rows are not looked ahead to where nobody asks for a score, or where somebody asks for values that cannot be kept, such as images.
/// </summary>
internal sealed class LookAheadView : DerivedView, IDataTransform
{
    private readonly IHost _host;
    private readonly RowToRowScorerBase _scorer;
    private readonly InputColumns _inputs;
    private readonly int?[] _places;

    /// <param name="host">For messages.</param>
    /// <param name="scorer">The scorer, bound to its source.</param>
    /// <param name="network">The network that the scorer scores with.</param>
    /// <param name="featureColumnName">The column of features; null for a network of categories alone.</param>
    public LookAheadView(IHost host, RowToRowScorerBase scorer, TrainedNetwork network, string? featureColumnName)
        : base(scorer.Source)
    {
        _host = host;
        _scorer = scorer;
        Network = network;
        FeatureColumnName = featureColumnName;
        _inputs = InputColumns.Find(host, Source.Schema, featureColumnName, network.Input, network.Keys);

        // A scorer keeps the source's columns in their order, and puts one of its own that hides one of them right behind it.
        var next = 0;
        _places = [.. Schema.Select(column => next < Source.Schema.Count && Source.Schema[next].Name == column.Name ? next++ : (int?)null)];
    }

    /// <summary>The network that scores the rows.</summary>
    public TrainedNetwork Network { get; }

    /// <summary>The column of features; null for a network of categories alone.</summary>
    public string? FeatureColumnName { get; }

    public override DataViewSchema Schema => _scorer.OutputSchema;

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var columns = columnsNeeded.ToList();
        var (isAhead, kept, read) = Prepare(columns);
        return isAhead
            ? Look(Source.GetRowCursor(read, rand), columns, kept)
            : _scorer.GetRowCursorSet(columns, 1, CanShuffle ? rand : null)[0];
    }

    public override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var columns = columnsNeeded.ToList();
        var (isAhead, kept, read) = Prepare(columns);
        return isAhead
            ? Array.ConvertAll(Source.GetRowCursorSet(read, n, rand), cursor => (DataViewRowCursor)Look(cursor, columns, kept))
            : _scorer.GetRowCursorSet(columns, n, rand);
    }

    protected override DerivedView Rebind(IDataView source) =>
        new LookAheadView(_host, (RowToRowScorerBase)_scorer.ApplyToData(_host, source), Network, FeatureColumnName);

    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)_scorer).Save(ctx);

    /// <summary>Whether to look ahead, the source's columns to give out, and those to read.</summary>
    private (bool IsAhead, List<DataViewSchema.Column> Kept, List<DataViewSchema.Column> Read) Prepare(List<DataViewSchema.Column> columns)
    {
        var kept = columns.Where(column => _places[column.Index] is not null).Select(column => Source.Schema[_places[column.Index]!.Value])
            .DistinctBy(column => column.Index).ToList();
        var isAhead = columns.Exists(column => _places[column.Index] is null) && DataViewUtils.AllCacheable(kept);
        return (isAhead, kept, [.. kept.UnionBy(_inputs.All, column => column.Index)]);
    }

    private ScoredCursor Look(DataViewRowCursor source, List<DataViewSchema.Column> columns, List<DataViewSchema.Column> kept)
    {
        var ahead = new LookAheadCursor(_host, Network, _inputs, source, kept);
        return new ScoredCursor(_host, ahead, ((IRowToRowMapper)_scorer).GetRow(ahead, columns));
    }

    private sealed class ScoredCursor(IChannelProvider provider, LookAheadCursor input, DataViewRow scored) : SynchronizedCursorBase(provider, input)
    {
        public override DataViewSchema Schema => scored.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => scored.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Ch.CheckParam(IsColumnActive(column), nameof(column), "The column is not active.");
            return scored.GetGetter<TValue>(column);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                scored.Dispose();
            base.Dispose(disposing);
        }
    }
}
