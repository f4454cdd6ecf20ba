using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Training;

/// <summary>Rows are loaded once and serve one run after another.</summary>
[TestClass]
public sealed class SharedTrainingSetTests
{
    [TestMethod]
    [DataRow(DataCaching.Memory)]
    [DataRow(DataCaching.None)]
    public void Every_run_on_a_set_is_as_the_first_one(DataCaching caching)
    {
        var ml = new MLContext(seed: 1);
        var host = ((IHostEnvironment)ml).Register("Test");
        using var channel = host.Start("Test");
        var view = ml.Data.LoadFromEnumerable(Example.Clusters(120));
        var columns = new TrainingColumns(host, view.Schema, LearningTask.MulticlassClassification, InputRequests.Of("Features"), "Label", "Weight");
        var set = new TrainingSet(
            host, channel, view, columns, RandomKey.FromSeed(1), [new MixupOptions { Alpha = 1, Seed = 5 }], new RowCaching { Mode = caching, PoolRows = 40 });
        set.Load(validationSet: null, fraction: 0.2);
        var settings = new TrainingSettings
        {
            Architecture = NetworkArchitecture.Mlp(16) with { Normalization = Normalization.Batch },
            Recipe = RegularizationRecipe.None with { WeightAveraging = WeightAveraging.Exponential(0.9), Dropout = 0.2, UnmixedEpochs = 1 },
            MaxEpochs = 4,
            BatchSize = 32,
            LearningRate = 0.01,
            Schedule = LearningRateSchedule.Constant,
            Key = RandomKey.FromSeed(1),
            Device = torch.CPU,
        };

        var first = Train(settings);
        var other = Train(settings with { Key = RandomKey.FromSeed(2) });
        CollectionAssert.AreEqual(first, Train(settings));
        CollectionAssert.AreNotEqual(first, other);

        float[] Train(TrainingSettings settings)
        {
            using var run = new TrainingRun(host, channel, set, settings);
            return [.. run.Train(channel).Weights.Tensors.SelectMany(tensor => tensor.Values.ToArray())];
        }
    }
}
