using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>A scorer of ML.NET's, bound to rows: makes columns, such as the predicted label, of the scores that a model gives.</summary>
internal sealed class BoundScorer(RowToRowScorerBase scorer)
{
    public IDataView Source => scorer.Source;

    public DataViewSchema Schema => scorer.OutputSchema;

    /// <summary>The same scorer of other rows.</summary>
    public BoundScorer On(IHostEnvironment env, IDataView source) => new((RowToRowScorerBase)scorer.ApplyToData(env, source));

    /// <summary>Scores row by row.</summary>
    public DataViewRowCursor[] Open(IEnumerable<DataViewSchema.Column> columns, int n, Random? random) => scorer.GetRowCursorSet(columns, n, random);

    /// <summary>The scored row of a row of the source.</summary>
    public DataViewRow GetRow(DataViewRow row, IEnumerable<DataViewSchema.Column> columns) => ((IRowToRowMapper)scorer).GetRow(row, columns);

    public bool CanSaveOnnx(OnnxContext ctx) => (scorer as ICanSaveOnnx)?.CanSaveOnnx(ctx) == true;

    public void SaveAsOnnx(OnnxContext ctx) => ((ISaveAsOnnx)scorer).SaveAsOnnx(ctx);

    public void Save(ModelSaveContext ctx) => ((ICanSaveModel)scorer).Save(ctx);
}
