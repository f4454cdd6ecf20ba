using Microsoft.ML.Data;
namespace Microsoft.ML.Regularization.Tests;

[TestClass]
public sealed class SmokeTest
{
    [TestMethod]
    public void Readme_pipeline_works()
    {
        var ml = new MLContext(seed: 1);
        ml.Log += (_, e) => { if (e.Kind >= Microsoft.ML.Runtime.ChannelMessageKind.Info && e.Source.Contains("NeuralNet")) Console.WriteLine(e.Message); };
        var data = ml.Data.LoadFromTextFile("Data/digits.csv", [new("Label", DataKind.Single, 0), new("Features", DataKind.Single, 1, 64)], separatorChar: ',', hasHeader: true);
        var split = ml.Data.TrainTestSplit(data, 0.5, seed: 1);
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.Transforms.NormalizeMeanVariance("Features"))
            .AppendCacheCheckpoint(ml)
            .Append(ml.Transforms.HoldOut(fraction: 0.15))
            .Append(ml.Transforms.Mixup("Features", "Label", alpha: 0.2))
            .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                Architecture = NetworkArchitecture.Mlp(256, 256, 256),
                Recipe = RegularizationRecipe.SmallDataset with { LabelSmoothing = 0.1 },
                MaxEpochs = 200,
                Progress = new P(),
            }))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        var model = pipeline.Fit(split.TrainSet);
        var metrics = ml.MulticlassClassification.Evaluate(model.Transform(split.TestSet));
        Console.WriteLine(metrics.MicroAccuracy + " " + metrics.LogLoss);
        ml.Model.Save(model, split.TrainSet.Schema, "model.zip");
        var again = new MLContext().Model.Load("model.zip", out _);
        var m2 = ml.MulticlassClassification.Evaluate(again.Transform(split.TestSet));
        Assert.AreEqual(metrics.LogLoss, m2.LogLoss);
    }
    private sealed class P : IProgress<EpochReport> { public void Report(EpochReport e) { if (e.Epoch % 10 == 1) Console.WriteLine(e); } }
}
