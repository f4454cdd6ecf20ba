using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Benchmarks.Scoring;

/// <summary>Scoring as a user of ML.NET does it: Transform and a cursor over the scores, a set of cursors, or a prediction engine.</summary>
internal static class LibraryScoring
{
    public static ScoringSpeed Rows(ScoringWorkload workload, double seconds)
    {
        var view = Scored(workload);
        return ScoringSpeed.Of(seconds, workload.Rows, () =>
        {
            using var cursor = view.GetRowCursor([view.Schema["Score"]]);
            Read(cursor);
        });
    }

    public static ScoringSpeed RowsInParallel(ScoringWorkload workload, double seconds)
    {
        var view = Scored(workload);
        return ScoringSpeed.Of(seconds, workload.Rows, () =>
        {
            var cursors = view.GetRowCursorSet([view.Schema["Score"]], Environment.ProcessorCount);
            Parallel.ForEach(cursors, cursor =>
            {
                using (cursor)
                    Read(cursor);
            });
        });
    }

    public static ScoringSpeed OneRow(ScoringWorkload workload, double seconds)
    {
        var ml = new MLContext(seed: 1);
        var model = Fit(ml, workload);
        var input = SchemaDefinition.Create(typeof(Row));
        input[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, workload.Dimensions);
        using var engine = ml.Model.CreatePredictionEngine<Row, Prediction>(model, inputSchemaDefinition: input);
        var row = new Row { Features = new float[workload.Features] };
        return ScoringSpeed.Of(seconds, 1, () => engine.Predict(row));
    }

    private static IDataView Scored(ScoringWorkload workload) =>
        Fit(new MLContext(seed: 1), workload).Transform(MemoryView.Of(workload.Rows, workload.Dimensions));

    // How well it predicts is of no concern.
    private static NeuralNetworkMulticlassTransformer Fit(MLContext ml, ScoringWorkload workload) =>
        ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Architecture = workload.Architecture,
            Recipe = RegularizationRecipe.None,
            InputScaling = InputScaling.None,
            MaxEpochs = 1,
        }).Fit(MemoryView.Of(100, workload.Dimensions));

    private static void Read(DataViewRowCursor cursor)
    {
        var getter = cursor.GetGetter<VBuffer<float>>(cursor.Schema["Score"]);
        VBuffer<float> score = default;
        while (cursor.MoveNext())
            getter(ref score);
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }
}
