using Microsoft.ML.Regularization.Tests.Training.Checkpoints;

namespace Microsoft.ML.Regularization.Tests.Documentation;

/// <summary>The code of docs/pretraining.md runs.</summary>
[TestClass]
public sealed class PretrainingPageTests
{
    [TestMethod]
    public void A_model_starts_from_rows_without_labels()
    {
        using var folder = new TemporaryFolder();
        var ml = new MLContext(seed: 1);
        List<House> houses = [.. Enumerable.Range(0, 300).Select(place => new House
        {
            Town = $"town {place % 4}", Size = 50 + place % 97, Age = place % 31, Label = place < 40 ? 2 * (50 + place % 97) - place % 31 : float.NaN,
        })];
        var labelled = ml.Data.LoadFromEnumerable(houses.Take(40));

        var model = PretrainingSnippets.Table(ml, ml.Data.LoadFromEnumerable(houses), labelled, folder["body.safetensors"]);

        Assert.IsGreaterThan(0.5, ml.Regression.Evaluate(model.Transform(labelled)).RSquared);
        Assert.AreEqual(NetworkArchitecture.Mlp(256, 256), model.GetNeuralNetwork().Architecture);
        Assert.IsNotEmpty(PretrainedWeights.FromSafetensors(folder["body.safetensors"]).ListTensors());
    }

    [TestMethod]
    public void A_run_with_choices_of_ones_own_keeps_checkpoints()
    {
        using var folder = new TemporaryFolder();
        var trainer = new MLContext(seed: 1).BinaryClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions { Architecture = NetworkArchitecture.Mlp(8) });

        PretrainingSnippets.Choices(trainer, RefusedTraining.View(Example.Clusters(60)), folder.Path);

        Assert.IsTrue(File.Exists(folder["last.safetensors"]));
    }

    private sealed class House
    {
        public string Town { get; set; } = "";

        public float Size { get; set; }

        public float Age { get; set; }

        public float Label { get; set; }
    }
}
