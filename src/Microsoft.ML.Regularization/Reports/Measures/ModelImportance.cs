using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>How much the columns of rows matter to a model.</summary>
/// <param name="host">The environment.</param>
/// <param name="ml">Its operations on rows.</param>
/// <param name="model">The model.</param>
/// <param name="options">How to measure.</param>
internal sealed class ModelImportance(IHost host, MLContext ml, ITransformer model, ImportanceOptions options)
{
    /// <exception cref="ArgumentException">The rows or the model do not suit.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<ColumnImportance> Of(IDataView data)
    {
        var kept = CacheCheckpoint.Of(host, RowChoice.Of(ml, data, options.MostRows, options.Seed));
        var reader = new ScoreReader(host, model.Transform(kept).Schema, options.LabelColumnName);
        var rows = reader.Read(model.Transform(kept), int.MaxValue, options.CancellationToken);
        return rows.Count switch
        {
            0 => throw host.ExceptUserArg(nameof(data), $"There is no row with a label and a prediction: {rows.Skipped} lack one."),
            1 => throw host.ExceptUserArg(nameof(data), $"There is one row with a label and a prediction, {rows.Skipped} lack one: of a single row no column can be shuffled."),
            _ => ColumnShuffles.Of(host, model, kept, reader, options.Shuffles, new Random(options.Seed), options.CancellationToken),
        };
    }
}
