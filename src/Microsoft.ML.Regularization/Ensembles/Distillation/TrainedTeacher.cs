using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Scoring;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>Networks that are trained, and what else a student needs of them.</summary>
/// <param name="Network">The networks.</param>
/// <param name="Folds">The rows in folds; none where there are no folds.</param>
/// <param name="OutOfFold">Of each row the outputs of the networks that have not seen it; null where there are no folds.</param>
internal sealed record TrainedTeacher(TrainedNetwork Network, IReadOnlyList<FoldRows> Folds, OutOfFoldPredictions? OutOfFold)
{
    /// <summary>What it predicts for rows that a student learns from: with folds, by networks that have not seen the row.</summary>
    /// <param name="host">Makes errors.</param>
    /// <param name="view">The rows.</param>
    /// <param name="columns">Their columns.</param>
    /// <param name="data">The same, read.</param>
    /// <param name="watch">Ends the reading with the fit.</param>
    /// <exception cref="OperationCanceledException">The fit is to end.</exception>
    public TeacherPredictions Predict(IHost host, IDataView view, TrainingColumns columns, TrainingSet data, FitWatch watch)
    {
        var predictions = new TeacherPredictions(Network.Link, Network.Outputs);
        if (OutOfFold is not null)
        {
            foreach (var (i, row) in OutOfFold.Rows.Index())
                predictions.Add(data.Rows.RowIds[row], OutOfFold.Outputs.AsSpan(i * Network.Outputs, Network.Outputs));
            return predictions;
        }

        using var cursor = view.GetRowCursor(columns.Input.All);
        var idGetter = cursor.GetIdGetter();
        var outputs = new RowPrediction(host, Network, columns.Input, cursor);
        DataViewRowId id = default;
        while (cursor.MoveNext())
        {
            watch.ThrowIfInterrupted();
            idGetter(ref id);
            predictions.Add(id, outputs.Outputs);
        }

        return predictions;
    }
}
