using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>What the columns of the rows do: which matter, how, where they fail, and what stands in the worst rows.</summary>
/// <param name="host">The environment.</param>
/// <param name="model">The model.</param>
/// <param name="options">How often columns are shuffled.</param>
/// <param name="reader">Reads what the model makes of rows.</param>
internal sealed class ColumnSections(IHost host, ITransformer model, ReportOptions options, ScoreReader reader)
{
    private const int MostDependences = 4;

    /// <param name="kept">Some of the rows, in a cache.</param>
    /// <param name="chosen">The rows that were read.</param>
    /// <param name="rows">What was read of them.</param>
    public IEnumerable<ReportSection> Of(IDataView kept, IDataView chosen, ScoredRows rows)
    {
        var columns = ColumnShuffles.Of(host, model, kept, reader, options.Shuffles, new Random(options.Seed), options.CancellationToken);
        yield return ImportanceSection.Of(columns, rows.IsRegression, Math.Min(options.ImportanceRows, rows.Count));

        var labels = reader.ReadLabels(model.Transform(kept), options.CancellationToken);
        var dependences = columns.Where(column => kept.Schema[column.Name].Type == NumberDataViewType.Single).Take(MostDependences)
            .Select(column => PartialDependence.Of(host, model, kept, reader, column.Name, labels, options.CancellationToken)).OfType<PartialDependence>().ToList();
        if (dependences.Count > 0)
            yield return DependenceSection.Of(dependences, rows);
        yield return SliceSection.Of(FailingSlice.Of(rows, columns.Select(column => SliceColumn.Read(chosen, column.Name)).OfType<SliceColumn>()), rows.IsRegression);
        if (options.WorstRows > 0)
            yield return WorstRowsSection.Of(rows, chosen, columns.Select(column => column.Name), options.WorstRows);
    }
}
