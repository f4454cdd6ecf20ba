using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Training.Settings;

/// <summary>Keys of more values than can be learned are refused by their column, with their number, the memory they would take and what would fit.</summary>
[TestClass]
public sealed partial class TrainingMemoryTests
{
    private static readonly MLContext Ml = new(seed: 1);

    private static readonly NeuralNetworkOptions Options = new() { Recipe = RegularizationRecipe.None, MaxEpochs = 1 };

    [TestMethod]
    [DataRow(31, "2147483648 values", "400 GB")]
    [DataRow(24, "16777216 values", "3.1 GB")]
    public void A_category_of_many_hashes(int bits, string values, string size)
    {
        var rows = Hashed(bits);
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => Ml.BinaryClassification.Trainers.NeuralNetwork(Options with { CategoricalColumnNames = ["Hash"], LabelColumnName = "Flag" }).Fit(rows));
        AssertNames(error, "Column 'Hash'", values, size, "a table with a vector for each", "numberOfBits: ");
        Assert.DoesNotContain("HiddenSizes", error.Message);
    }

    [TestMethod]
    [DataRow(31, "2147483648 values")]
    [DataRow(30, "1073741824 values")]
    public void A_label_of_many_hashes(int bits, string values)
    {
        foreach (var architecture in new NetworkArchitecture[] { NetworkArchitecture.Mlp(16), NetworkArchitecture.RealMlp(), NetworkArchitecture.ResidualMlp() })
        {
            var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
                () => Ml.MulticlassClassification.Trainers.NeuralNetwork(Options with { Architecture = architecture, LabelColumnName = "Hash" }).Fit(Hashed(bits)));
            AssertNames(error, "Column 'Hash'", values, "the layer with an output for each", "GB", "numberOfBits: ");
        }
    }

    [TestMethod]
    public void A_vocabulary_of_many_hashes()
    {
        foreach (var architecture in new NetworkArchitecture[] { NetworkArchitecture.TextTransformer(), NetworkArchitecture.Lstm() })
        {
            var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Ml.BinaryClassification.Trainers
                .NeuralNetwork(Options with { Architecture = architecture, FeatureColumnName = "HashedWords", LabelColumnName = "Flag" }).Fit(Hashed(31)));
            AssertNames(error, "Column 'HashedWords'", "2147483648 values", "GB", "numberOfBits: ");
        }
    }

    [TestMethod]
    public void What_it_says_would_fit_does_and_twice_as_much_does_not()
    {
        var schema = Hashed(31).Schema;
        var input = new InputLayout { Numbers = 1 };
        var context = Ml;
        var memory = new TrainingMemory(NetworkArchitecture.Mlp(16), Optimizer.Adam(), 64) { Available = 1 << 28 };
        var table = Bits(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => memory.CountOf(context, schema["Hash"])));
        var layer = Bits(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => memory.OutputsOf(context, schema["Hash"], ((KeyDataViewType)schema["Hash"].Type).Count, input)));

        // Six copies of 50 floats for each value; six of 16 floats for each class, and three floats for each row of a batch and class.
        Assert.AreEqual(Floor(Math.Log2((1 << 28) / (6.0 * 50 * 4))), table);
        Assert.AreEqual(Floor(Math.Log2((1 << 28) / (4 * (6.0 * 16 + 3 * 64)))), layer);
        Assert.AreEqual(1 << table, memory.CountOf(context, Hashed(table).Schema["Hash"]));
        Assert.AreEqual(1 << layer, memory.OutputsOf(context, Hashed(layer).Schema["Hash"], ((KeyDataViewType)Hashed(layer).Schema["Hash"].Type).Count, input));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => memory.CountOf(context, Hashed(table + 1).Schema["Hash"]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => memory.OutputsOf(context, Hashed(layer + 1).Schema["Hash"], ((KeyDataViewType)Hashed(layer + 1).Schema["Hash"].Type).Count, input));

        // Without state there is room for more.
        Assert.IsGreaterThanOrEqualTo(table, Bits(Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => (memory with { Optimizer = Optimizer.Sgd() }).CountOf(context, schema["Hash"]))));
    }

    private static int Floor(double value) => (int)Math.Floor(value);

    private static int Bits(Exception error) => int.Parse(NumberOfBits().Match(error.Message).Groups[1].Value, CultureInfo.InvariantCulture);

    private static IDataView Hashed(int bits)
    {
        var rows = Ml.Data.LoadFromEnumerable([new Row { Text = "a b" }, new Row { Text = "c", Flag = true }]);
        return Ml.Transforms.Conversion.Hash("Hash", "Text", bits)
            .Append(Ml.Transforms.Text.TokenizeIntoWords("Words", "Text"))
            .Append(Ml.Transforms.Conversion.Hash("HashedWords", "Words", bits))
            .Append(Ml.Transforms.Concatenate("Features", "Number")).Fit(rows).Transform(rows);
    }

    private static void AssertNames(Exception error, params string[] fragments)
    {
        foreach (var fragment in fragments)
            Assert.Contains(fragment, error.Message);
    }

    [GeneratedRegex(@"numberOfBits: (\d+)")]
    private static partial Regex NumberOfBits();

    private sealed class Row
    {
        public string Text { get; set; } = "";

        public float Number { get; set; }

        public bool Flag { get; set; }
    }
}
