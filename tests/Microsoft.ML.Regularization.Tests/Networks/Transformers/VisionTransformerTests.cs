using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Networks.Transformers;

/// <summary>Images of a bright quarter, to be told by its place.</summary>
[TestClass]
public sealed class VisionTransformerTests
{
    [TestMethod]
    [DoNotParallelize]
    public void It_learns_places_and_survives_a_file()
    {
        var ml = new MLContext(seed: 1);
        var view = ml.Data.LoadFromEnumerable(Pictures(96));
        var trainer = ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Architecture = NetworkArchitecture.VisionTransformer(4, 16, 2, 2),
            Recipe = RegularizationRecipe.VisionTransformer with { Augmentations = null, LabelSmoothing = 0 },
            MaxEpochs = 15,
            BatchSize = 16,
            LearningRate = 0.003,
        });
        _ = trainer.Fit(view);
        ITransformer model = null!;

        Assert.AreEqual(0, LiveTensors.LeftBy(() => model = trainer.Fit(view)));

        Assert.IsGreaterThan(0.95, ml.MulticlassClassification.Evaluate(model.Transform(view)).MicroAccuracy);
        using var file = new MemoryStream();
        ml.Model.Save(model, view.Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);
        SmallNetwork.AssertEqual(SmallNetwork.Scores(model.Transform(view)), SmallNetwork.Scores(loaded.Transform(view)));
        Assert.AreEqual(trainer.Options.Architecture, loaded.GetNeuralNetwork().Architecture);
    }

    private static List<Picture> Pictures(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(row =>
        {
            var place = (uint)(row % 4);
            var pixels = Enumerable.Range(0, 64).Select(i =>
                (float)random.NextDouble() + (i / 8 / 4 == place / 2 && i % 8 / 4 == place % 2 ? 1 : 0)).ToArray();
            return new Picture { Features = pixels, Label = place };
        })];
    }

    private sealed class Picture
    {
        [VectorType(8, 8)]
        public float[] Features { get; set; } = [];

        [KeyType(4)]
        public uint Label { get; set; }
    }
}
