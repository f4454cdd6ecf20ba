using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Networks.RealMlp;

/// <summary>A regression predicts nothing beyond the targets that its training rows have.</summary>
[TestClass]
public sealed class BoundedPredictionTests
{
    private static readonly NeuralNetworkOptions Options = new()
    {
        Architecture = NetworkArchitecture.RealMlp() with { HiddenSizes = [8] },
        Recipe = RegularizationRecipe.None,
        MaxEpochs = 3,
        ExampleWeightColumnName = nameof(Row.Weight),
    };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Predictions_stay_within_the_targets_of_rows_that_count()
    {
        // The rows of weight 0 have targets further out, and the rows to score features far outside.
        var model = Fit(Line(-1, 1).Append(new Row { Features = [9], Label = 100, Weight = 0 }).Append(new Row { Features = [-9], Label = -100, Weight = 0 }));
        var scale = model.GetNeuralNetwork().Outcome.TargetScale!;
        Assert.AreEqual((-5.0, 5.0), (scale.Least, scale.Greatest));

        var free = Scores(model, scale with { Least = null, Greatest = null });
        Assert.IsTrue(free.Any(score => score is < -5 or > 5), "the network itself goes beyond");
        var bounded = Scored(model);
        Golden.Closeness.AssertClose(free.Select(score => Math.Clamp(score, -5, 5)).ToArray(), bounded, 2e-5, "predictions");
        Assert.IsTrue(bounded.All(score => score is >= -5 and <= 5) && bounded.Any(score => score is -5 or 5));
        using var file = new MemoryStream();
        _ml.Model.Save(model, View(Line(0, 1)).Schema, file);
        file.Position = 0;
        CollectionAssert.AreEqual(Scored(model), Scored(_ml.Model.Load(file, out _)));
    }

    [TestMethod]
    public void Training_on_widens_the_bounds()
    {
        var trainer = _ml.Regression.Trainers.NeuralNetwork(Options);
        var first = trainer.Fit(View(Line(-1, 1))).Model;
        var second = trainer.Fit(View(Line(0, 3)), first);
        var scale = second.GetNeuralNetwork().Outcome.TargetScale!;
        Assert.AreEqual((-5.0, 15.0), (scale.Least, scale.Greatest));
    }

    [TestMethod]
    public void Other_networks_have_no_bounds()
    {
        var model = _ml.Regression.Trainers.NeuralNetwork(Options with { Architecture = NetworkArchitecture.Mlp(4) }).Fit(View(Line(-1, 1)));
        Assert.AreEqual((null, null), (model.GetNeuralNetwork().Outcome.TargetScale!.Least, model.GetNeuralNetwork().Outcome.TargetScale!.Greatest));
    }

    private static float[] Scores(ITransformer model, TargetScale scale)
    {
        var network = model.GetNeuralNetwork();
        using var restored = network.Architecture.CreateNetwork(1, 1, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(0)));
        restored.ScaleInputs(network.Outcome.InputScaler!);
        network.Outcome.Weights.CopyTo(restored);
        using var pass = restored.Begin(isTraining: false);
        var inputs = Far().Select(row => row.Features[0]).ToArray();
        return [.. restored.forward(TorchSharp.torch.tensor(inputs, [inputs.Length, 1])).data<float>().Select(output => (float)scale.Predict(output))];
    }

    private ITransformer Fit(IEnumerable<Row> rows) => _ml.Regression.Trainers.NeuralNetwork(Options).Fit(View(rows));

    private float[] Scored(ITransformer model) => [.. model.Transform(View(Far())).GetColumn<float>("Score")];

    private IDataView View(IEnumerable<Row> rows) => _ml.Data.LoadFromEnumerable(rows);

    private static IEnumerable<Row> Line(double from, double to) =>
        Enumerable.Range(0, 101).Select(i => from + (to - from) * i / 100).Select(x => new Row { Features = [(float)x], Label = (float)(5 * x), Weight = 1 });

    private static IEnumerable<Row> Far() => Enumerable.Range(-20, 41).Select(i => new Row { Features = [i / 2f], Weight = 1 });

    private sealed class Row
    {
        [VectorType(1)]
        public float[] Features { get; set; } = [0];

        public float Label { get; set; }

        public float Weight { get; set; }
    }
}
