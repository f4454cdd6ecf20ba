using Microsoft.ML.Data;
using TorchSharp;

namespace Microsoft.ML.Regularization.NoLibtorch.Tests;

/// <summary>A network that scores in libtorch, which is not there: all but its scores can be had.</summary>
[TestClass]
public sealed class TorchScorerTests
{
    private const int Count = 9;
    private const int Classes = 2;

    private static readonly MLContext Ml = new(seed: 1);

    private static IDataView Rows => Ml.Data.LoadFromEnumerable(new[] { new Row { Numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9] } });

    [TestMethod]
    public void A_model_file_is_read_and_written_and_shows_what_is_in_it()
    {
        var (model, file) = (Saved(), new MemoryStream());
        Ml.Model.Save(model, Rows.Schema, file);

        var network = model.GetNeuralNetwork();
        Assert.AreEqual(Architecture, network.Architecture);
        Assert.AreEqual(7, network.History.TrainingRows);
        Assert.HasCount(2, network.Weights);
        Assert.IsGreaterThan(0, file.Length);
        Assert.Contains(column => column.Name == "Score", model.Transform(Rows).Schema);
    }

    [TestMethod]
    public void Scoring_names_the_network_and_the_package_and_leaves_console_and_folder_alone()
    {
        var (before, console) = (Console.Out, new StringWriter());
        Console.SetOut(console);
        try
        {
            // Type initializers that failed once throw another exception the second time.
            for (var attempt = 0; attempt < 2; attempt++)
                AssertNamesWhatIsMissing(Assert.ThrowsExactly<InvalidOperationException>(() => Saved().Transform(Rows).GetColumn<float[]>("Score").ToList()));
            using var engine = Ml.Model.CreatePredictionEngine<Row, Prediction>(Saved());
            AssertNamesWhatIsMissing(Assert.ThrowsExactly<InvalidOperationException>(() => engine.Predict(new Row { Numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9] })));
        }
        finally
        {
            Console.SetOut(before);
        }

        Assert.AreEqual("", console.ToString());
        Assert.IsFalse(Directory.Exists(Path.Combine(AppContext.BaseDirectory, "cpu")));
    }

    private static NetworkArchitecture Architecture => NetworkArchitecture.Custom(new OneLayer());

    private static void AssertNamesWhatIsMissing(Exception exception)
    {
        Assert.StartsWith($"The network {Architecture} scores in libtorch", exception.Message);
        Assert.Contains("Add the package TorchSharp-cpu", exception.Message);
        Assert.Contains(typeof(torch).Assembly.GetName().Version!.ToString(3), exception.Message);
        Assert.DoesNotContain("trained", exception.Message);
    }

    // Weights are zeros: what they are does not matter.
    private static ITransformer Saved()
    {
        var weights = new NetworkWeights(
        [
            Tensor("module.weight", Classes, Count), Tensor("module.bias", Classes),
        ]);
        var history = new TrainingHistory
        {
            Epochs = [],
            StopReason = StopReason.MaxEpochs,
            ModelEpoch = 0,
            TrainingRows = 7,
            ValidationRows = 0,
            SkippedRows = 0,
        };
        var network = new TrainedNetwork(
            Ml, LearningTask.MulticlassClassification, Architecture, RegularizationRecipe.None, MadeNetwork.Record, new InputLayout { Numbers = Count }, Classes,
            new TrainingOutcome(weights, history, InputScaler: null, TargetScale: null));
        var trained = new NeuralNetworkMulticlassTransformer(
            Ml, new NeuralNetworkMulticlassModelParameters(Ml, network), Rows.Schema, nameof(Row.Numbers), nameof(Row.Label));
        using var file = new MemoryStream();
        Ml.Model.Save(trained, Rows.Schema, file);
        file.Position = 0;
        return new MLContext().Model.Load(file, out _);

        static NetworkTensor Tensor(string name, params long[] shape) => new(name, shape, new float[shape.Aggregate((a, b) => a * b)]);
    }

    /// <summary>A network of somebody's own.</summary>
    public sealed class OneLayer : ICustomNetwork
    {
        public torch.nn.Module<torch.Tensor, torch.Tensor> Create(CustomNetworkInput input, int outputs) => torch.nn.Linear(input.Numbers, outputs);
    }

    private sealed class Row
    {
        [KeyType(Classes)]
        public uint Label { get; set; }

        [VectorType(Count)]
        public float[] Numbers { get; set; } = [];
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }
}
