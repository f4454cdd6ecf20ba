using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Documentation;

/// <summary>The code of docs/explanations.md runs, and says what was planted.</summary>
[TestClass]
public sealed class ExplanationPageTests
{
    [TestMethod]
    public void Rows_and_models_are_explained()
    {
        var ml = new MLContext(seed: 1);
        var random = new Random(1);
        var rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 120).Select(place => new Credit
        {
            Home = $"home {place % 3}", Job = $"job {place % 4}", Seniority = random.Next(20), Income = random.Next(100), Amount = random.Next(100), Label = place % 3 == 1,
        }).ToList());

        var model = ExplanationSnippets.Fit(ml, rows);
        var lines = ExplanationSnippets.Read(ml, model, rows).ToList();
        Assert.HasCount(120, lines);
        Assert.IsTrue(lines.All(line => line.Contains(": Home ", StringComparison.Ordinal)), lines[0]);
        Assert.AreEqual("Home", ExplanationSnippets.Importance(ml, model, rows)[0].Name);

        var quick = ml.Transforms.Concatenate("Features", "Seniority", "Income", "Amount")
            .Append(ml.BinaryClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions { Effort = TrainingEffort.Quick, MaxEpochs = 2 })).Fit(rows);
        var scored = ExplanationSnippets.Append(ml, quick, rows).Transform(rows);
        SmallNetwork.AssertEqual(
            [.. scored.GetColumn<float[]>("Contributions")], [.. ml.Transforms.Explain().Fit(quick.Transform(rows)).Transform(quick.Transform(rows)).GetColumn<float[]>("Contributions")]);
    }

    private sealed class Credit
    {
        public string Home { get; set; } = "";

        public string Job { get; set; } = "";

        public float Seniority { get; set; }

        public float Income { get; set; }

        public float Amount { get; set; }

        public bool Label { get; set; }
    }
}
