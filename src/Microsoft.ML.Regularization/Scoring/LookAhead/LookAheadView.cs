using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Scoring;

/// <summary>
/// The rows of a scorer whose network scores blocks of rows before they are read. The columns, and their values from the network's outputs, are the scorer's.
/// Rows are not scored ahead if no score is requested, or if a requested column has values that cannot be buffered, such as images.
/// </summary>
internal sealed class LookAheadView : ScoringView
{
    private readonly IHost _host;
    private readonly InputColumns _inputs;
    private readonly int?[] _places;

    /// <param name="host">For messages.</param>
    /// <param name="scorer">The scorer, bound to its source.</param>
    /// <param name="network">The network that the scorer scores with.</param>
    /// <param name="featureColumnName">The column of features; null for a network of categories alone.</param>
    public LookAheadView(IHost host, BoundScorer scorer, TrainedNetwork network, string? featureColumnName)
        : base(scorer)
    {
        _host = host;
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

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var columns = columnsNeeded.ToList();
        var (isAhead, kept, read) = Prepare(columns);
        return isAhead
            ? Look(Source.GetRowCursor(read, rand), columns, kept)
            : Scorer.Open(columns, 1, CanShuffle ? rand : null)[0];
    }

    public override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var columns = columnsNeeded.ToList();
        var (isAhead, kept, read) = Prepare(columns);
        return isAhead
            ? Array.ConvertAll(Source.GetRowCursorSet(read, n, rand), cursor => (DataViewRowCursor)Look(cursor, columns, kept))
            : Scorer.Open(columns, n, rand);
    }

    protected override DerivedView Rebind(IDataView source) =>
        new LookAheadView(_host, Scorer.On(_host, source), Network, FeatureColumnName);

    /// <summary>Whether to look ahead, the source's columns to give out, and those to read.</summary>
    private (bool IsAhead, List<DataViewSchema.Column> Kept, List<DataViewSchema.Column> Read) Prepare(List<DataViewSchema.Column> columns)
    {
        var kept = columns.Where(column => _places[column.Index] is not null).Select(column => Source.Schema[_places[column.Index]!.Value])
            .DistinctBy(column => column.Index).ToList();
        var isAhead = columns.Exists(column => _places[column.Index] is null) && CacheCheckpoint.Holds(kept);
        return (isAhead, kept, [.. kept.UnionBy(_inputs.All, column => column.Index)]);
    }

    private MappedCursor Look(DataViewRowCursor source, List<DataViewSchema.Column> columns, List<DataViewSchema.Column> kept)
    {
        var ahead = new LookAheadCursor(_host, Network, _inputs, source, kept);
        return new MappedCursor(_host, ahead, Scorer.GetRow(ahead, columns));
    }
}
