using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Export;

/// <summary>Compares what OnnxRuntime makes of a network that was exported with the columns that the model itself gives.</summary>
internal static class OnnxParity
{
    private const double Tolerance = 1e-5;

    public static void Check(ITransformer model, IDataView view, string? features)
    {
        var network = model.GetNeuralNetwork();
        using var session = new OnnxSession(network);
        var rows = Rows(network, view, features);
        var expected = Expected(network, model.Transform(view));
        var scores = expected["Score"];
        Assert.IsTrue(scores.All(float.IsFinite));
        Assert.IsGreaterThan(0.001f, scores.Max() - scores.Min(), "All scores are alike.");
        foreach (var count in new[] { 1, rows.Count })
        {
            var found = session.Score(network, [.. rows.Take(count)]);
            CollectionAssert.AreEquivalent(expected.Keys, found.Keys);
            foreach (var (name, values) in expected)
            {
                var width = values.Length / rows.Count;
                Closeness.AssertClose(values.AsSpan(0, count * width), found[name], Tolerance, $"{name} of {count} rows");
            }
        }
    }

    private static Dictionary<string, float[]> Expected(TrainedNetwork network, IDataView scored)
    {
        var columns = new Dictionary<string, float[]> { ["Score"] = [.. Scores(scored)] };
        if (network.Task == LearningTask.MulticlassClassification)
            columns["PredictedLabel"] = [.. scored.GetColumn<uint>("PredictedLabel").Select(key => key - 1f)];
        if (network.Task == LearningTask.BinaryClassification)
        {
            columns["Probability"] = [.. scored.GetColumn<float>("Probability")];
            columns["PredictedLabel"] = [.. scored.GetColumn<bool>("PredictedLabel").Select(truth => truth ? 1f : 0f)];
        }

        return columns;
    }

    private static IEnumerable<float> Scores(IDataView scored) => EveryTask.HasVectors(scored.Schema)
        ? scored.GetColumn<float[]>("Score").SelectMany(score => score)
        : scored.GetColumn<float>("Score");

    private static List<float[]> Rows(TrainedNetwork network, IDataView view, string? features)
    {
        var columns = InputColumns.Find(new MLContext(), view.Schema, features, network.Input, network.Keys);
        using var cursor = view.GetRowCursor(columns.All);
        var reader = columns.Open(cursor);
        var rows = new List<float[]>();
        while (cursor.MoveNext())
        {
            var row = new float[network.Input.Width];
            Assert.IsTrue(reader.TryRead(row, out var fault), fault);
            rows.Add(row);
        }

        return rows;
    }
}
