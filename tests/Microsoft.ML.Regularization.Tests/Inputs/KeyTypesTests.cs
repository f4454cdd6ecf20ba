using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Inputs;

/// <summary>Keys are read whatever they are kept in: bytes, 16, 32 or 64 bits.</summary>
[TestClass]
public sealed class KeyTypesTests
{
    private static readonly List<Row> Rows = [.. Enumerable.Range(0, 90).Select(Row.At)];

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(DataKind.Byte)]
    [DataRow(DataKind.UInt16)]
    [DataRow(DataKind.UInt64)]
    public void They_give_the_network_that_keys_of_32_bits_give(DataKind kind)
    {
        var (expected, actual) = (Fit(DataKind.UInt32), Fit(kind));
        SmallNetwork.AssertEqual(expected.Weights, actual.Weights);
        SmallNetwork.AssertEqual(expected.Scores, actual.Scores);
        Assert.AreEqual(1, actual.Accuracy);
    }

    [TestMethod]
    [DataRow(DataKind.Byte)]
    [DataRow(DataKind.UInt64)]
    public void Texts_and_mixed_labels_too(DataKind kind)
    {
        SmallNetwork.AssertEqual(FitText(DataKind.UInt32), FitText(kind));

        List<float[]> FitText(DataKind own)
        {
            var options = Options with
            {
                Architecture = NetworkArchitecture.Lstm(6) with { MaxLength = 3 }, FeatureColumnName = "Pets", CategoricalColumnNames = [], MaxEpochs = 3,
            };
            var pipeline = _ml.Transforms.Mixup("Features", "Label", alpha: 0.2).Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(options));
            return EveryTask.Weights(pipeline.Fit(View(own)));
        }
    }

    private static NeuralNetworkOptions Options { get; } = new()
    {
        Architecture = NetworkArchitecture.Mlp(16),
        CategoricalColumnNames = ["Color", "Pets"],
        Recipe = RegularizationRecipe.None,
        MaxEpochs = 20,
        LearningRate = 0.03,
        Seed = 1,
    };

    private (List<float[]> Weights, List<float[]> Scores, double Accuracy) Fit(DataKind kind)
    {
        var view = View(kind);
        var model = _ml.MulticlassClassification.Trainers.NeuralNetwork(Options).Fit(view, view);
        var scored = model.Transform(view);
        return (EveryTask.Weights(model), SmallNetwork.Scores(scored), _ml.MulticlassClassification.Evaluate(scored).MicroAccuracy);
    }

    private IDataView View(DataKind kind)
    {
        var rows = _ml.Data.LoadFromEnumerable(Rows);
        var schema = _ml.Transforms.Conversion.ConvertType(
            [
                new InputOutputColumnPair("Label", "Class"), new InputOutputColumnPair("Color"), new InputOutputColumnPair("Pets"),
            ],
            kind).Append(_ml.Transforms.Concatenate("Features", "Number"));
        return schema.Fit(rows).Transform(rows);
    }

    private sealed class Row
    {
        [KeyType(3)]
        public uint Class { get; set; }

        [KeyType(4)]
        public uint Color { get; set; }

        [KeyType(5)]
        [VectorType(2)]
        public uint[] Pets { get; set; } = [];

        public float Number { get; set; }

        public static Row At(int id) => new()
        {
            Class = (uint)(id % 3), Color = (uint)(id % 3), Pets = [(uint)(id % 6), (uint)(id % 2)], Number = id % 5,
        };
    }
}
