using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Documentation;

/// <summary>The code of docs/guide.md runs on the table that it speaks of.</summary>
[TestClass]
public sealed class GuideTests
{
    private readonly MLContext _ml = new(seed: 1);

    private IDataView Rows => _ml.Data.TakeRows(
        _ml.Data.LoadFromTextFile<GuideSnippets.ModelInput>(
            "credit-data.csv", new TextLoader.Options { Separators = [','], HasHeader = true, AllowQuoting = true, MissingRealsAsNaNs = true }),
        600);

    [TestMethod]
    public void The_pipelines_predict()
    {
        foreach (var pipeline in new[] { GuideSnippets.Generated(_ml), GuideSnippets.Replaced(_ml), GuideSnippets.Shorter(_ml) })
        {
            var (prediction, model) = GuideSnippets.Predict(_ml, Rows, pipeline);
            Assert.Contains(prediction.PredictedLabel, new[] { "good", "bad" });
            Assert.AreEqual(1, prediction.Score.Sum(), 1e-5);
            Assert.IsGreaterThan(0.7, _ml.MulticlassClassification.Evaluate(model.Transform(Rows), "Status").MicroAccuracy);
        }
    }

    [TestMethod]
    public void The_steps_behind_the_pipeline_run()
    {
        // Each of the folds, and then all rows, train ten networks.
        var rows = _ml.Data.TakeRows(Rows, 150);
        var pipeline = GuideSnippets.Replaced(_ml);
        Assert.HasCount(5, GuideSnippets.CrossValidate(_ml, rows, pipeline));
        var model = pipeline.Fit(rows);
        var importance = GuideSnippets.Importance(_ml, rows, model);
        Assert.Contains("Seniority", importance.Keys);
        Assert.Contains("Home.rent", importance.Keys);

        using var stop = new CancellationTokenSource();
        stop.CancelAfter(TimeSpan.FromMinutes(1));
        var prepared = model.Transform(rows);
        Assert.IsNotNull(GuideSnippets.Cancel(_ml, _ml.Transforms.SelectColumns("Features", "Status").Fit(prepared).Transform(prepared), stop.Token).GetNeuralNetwork());
    }
}
