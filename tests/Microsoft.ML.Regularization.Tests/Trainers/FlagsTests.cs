using System.Text;
using System.Text.Json.Nodes;
using Microsoft.ML.Regularization.Tests.Ensembles.Cohorts;
using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Scoring.ModelFiles;

namespace Microsoft.ML.Regularization.Tests.Trainers;

/// <summary>Numbers of two values at most, which networks with an embedding of numbers take as they are, from training to file and further training.</summary>
[TestClass]
public sealed class FlagsTests
{
    private static readonly NetworkArchitecture RealMlp = NetworkArchitecture.RealMlp(Activation.SELU) with { HiddenSizes = [8] };
    private static readonly NetworkArchitecture TabM = NetworkArchitecture.TabM(2, 8) with { NumericalEmbedding = NumericalEmbedding.PiecewiseLinear(bins: 6, size: 4) };

    private readonly MLContext _ml = new(seed: 1);

    private static NeuralNetworkOptions Options { get; } = new ArchitectureCase(RealMlp, ArchitectureCase.Flagged).Options(RegularizationRecipe.None, epochs: 2);

    public static IEnumerable<object[]> Architectures => [[RealMlp], [TabM]];

    /// <summary>Of five numbers the first and the last have many values; two have gaps, whose indicators follow.</summary>
    [TestMethod]
    [DynamicData(nameof(Architectures))]
    public void They_are_those_with_two_values_at_most_and_the_indicators(NetworkArchitecture architecture)
    {
        foreach (var caching in new[] { DataCaching.Memory, DataCaching.None })
        {
            var network = Fit(Options with { Architecture = architecture, DataCaching = caching }, InputExample.Of(60));
            CollectionAssert.AreEqual(new[] { 1, 2, 3, 5, 6 }, network.Outcome.Flags.ToList());
            AssertScaled(network);
            Assert.AreEqual((7, 2), (network.FilledInput.Numbers, network.FilledInput.QuantityCount));
            Assert.AreEqual(2, network.Weights.First(tensor => tensor.Name.StartsWith("numbers.", StringComparison.Ordinal)).Shape[0]);
        }
    }

    /// <summary>Truth values, -1 and 2, what is 7 everywhere, and an indicator: RealMLP has signs, and TabM the scores of halves of the ranks.</summary>
    private static void AssertScaled(TrainedNetwork network)
    {
        var scaled = new float[7];
        network.Outcome.InputScaler!.Apply([0, 1, 2, 7, 0, 1, 0], scaled);
        Assert.AreEqual(0, scaled[3]);
        if (network.Architecture is RealMlpArchitecture)
            CollectionAssert.AreEqual(new[] { 0.948683f, 0.948683f, 0.948683f, -0.948683f }, new[] { scaled[1], scaled[2], scaled[5], scaled[6] }.Select(value => MathF.Round(value, 6)).ToList());
        else
            Assert.AreEqual(0.967422, scaled[1], 1e-4);
    }

    [TestMethod]
    public void Networks_without_an_embedding_have_none() =>
        Assert.IsEmpty(Fit(Options with { Architecture = NetworkArchitecture.Mlp(8) }, InputExample.Of(60)).Outcome.Flags);

    [TestMethod]
    [DynamicData(nameof(Architectures))]
    public void A_table_of_flags_alone_has_no_embedding(NetworkArchitecture architecture)
    {
        var rows = InputExample.Of(60);
        rows.ForEach(row => row.Flagged = [row.Flagged[1], row.Flagged[2], 3, row.Label == 1 ? 1 : -1, row.Label == 2 ? 8 : 0]);
        var model = EveryTask.Trainer(_ml, LearningTask.MulticlassClassification, Options with { Architecture = architecture, MaxEpochs = 40 }).Fit(View(rows));
        Assert.IsFalse(model.GetNeuralNetwork().Weights.Any(tensor => tensor.Name.StartsWith("numbers.", StringComparison.Ordinal)));
        Assert.IsGreaterThan(0.9, _ml.MulticlassClassification.Evaluate(model.Transform(View(rows))).MicroAccuracy);
    }

    [TestMethod]
    [DynamicData(nameof(Architectures))]
    public void Training_goes_on_with_those_of_the_model_whatever_the_new_rows_show(NetworkArchitecture architecture)
    {
        var options = Options with { Architecture = architecture };
        var first = (NeuralNetworkMulticlassTransformer)EveryTask.Trainer(_ml, LearningTask.MulticlassClassification, options).Fit(View(InputExample.Of(60)));
        var rows = InputExample.Of(80, seed: 3);
        foreach (var (i, row) in rows.Index())
            row.Flagged = [i % 2, i / 7f, -i, i * i, 1];

        var still = _ml.MulticlassClassification.Trainers.NeuralNetwork(options with { LearningRate = 1e-20 }).Fit(View(rows), first.Model);
        var second = _ml.MulticlassClassification.Trainers.NeuralNetwork(options with { MaxEpochs = 5 }).Fit(View(rows), first.Model);

        SmallNetwork.AssertEqual(SmallNetwork.Weights(first.Model), SmallNetwork.Weights(still.Model));
        Assert.AreEqual(first.Model.Network.Outcome.Flags, second.Model.Network.Outcome.Flags);
        Assert.IsTrue(SmallNetwork.Scores(second.Transform(View(rows))).SelectMany(scores => scores).All(float.IsFinite));
        Assert.IsLessThan(second.Model.History.Epochs[0].TrainingLoss, second.Model.History.Epochs[^1].TrainingLoss);
    }

    /// <summary>A number has a third value in a single row, which the networks of one fold do not see.</summary>
    [TestMethod]
    public void All_folds_have_those_of_all_rows()
    {
        var rows = InputExample.Of(60);
        rows.ForEach(row => row.Flagged = [.. row.Flagged[..3], 7, row.Label]);
        rows[5].Flagged[1] = 0.5f;
        foreach (var options in new[] { Options with { Folds = 3 }, Options with { Folds = 3, Architecture = TabM }, Options with { Folds = 3, Pack = new PackOptions { Members = 2 } } })
        {
            var network = Fit(options, rows);
            Assert.IsGreaterThan(2, network.Members.Count);
            foreach (var member in network.Members)
                CollectionAssert.AreEqual(new[] { 2, 3 }, member.Outcome.Flags.Where(flag => flag < 5).ToList());
        }
    }

    [TestMethod]
    public void A_fold_by_itself_would_have_others()
    {
        using var small = new SmallCohort(rows: 30, fraction: 0, keepsIds: true);
        var table = small.Data.Rows.Table;
        Assert.IsEmpty(FlagSearch.Find(small.Data, table.FeatureCount, watch: null));
        Assert.HasCount(table.FeatureCount, FlagSearch.Find(new FoldRows(small.Data, [0, 1], [.. Enumerable.Range(2, 28)]), table.FeatureCount, watch: null));
    }

    [TestMethod]
    [DynamicData(nameof(Architectures))]
    public void A_file_without_them_is_of_a_network_that_embeds_every_number(NetworkArchitecture architecture)
    {
        // As it was before there were flags; their rows are those of a network that learns them elsewhere.
        using var small = new SmallCohort(rows: 30, fraction: 0);
        var settings = SmallCohort.Settings with { Architecture = architecture, MaxEpochs = 1 };
        var plain = small.TrainAlone(settings);
        var network = new TrainedNetwork(small.Host, small.Data.Task, architecture, settings.Recipe, SmallNetwork.Record, 4, 3, plain);
        var json = JsonNode.Parse(TrainedNetworkDescription.Of(network).Write())!.AsObject();
        Assert.IsFalse(json.ContainsKey("flags"));

        // With a number that has two values, and is embedded all the same.
        var two = small.TrainAlone(settings with { Flags = [2] });
        Assert.AreEqual<ValueList<int>>([2], two.Flags);
        Assert.AreEqual(plain.Weights.Tensors.First(tensor => tensor.Name.StartsWith("numbers.", StringComparison.Ordinal)).Shape[0] - 1,
            two.Weights.Tensors.First(tensor => tensor.Name.StartsWith("numbers.", StringComparison.Ordinal)).Shape[0]);
    }

    [TestMethod]
    [DataRow("[-1, 2]", "Flags[0]", "-1")]
    [DataRow("[1, 1]", "Flags[1]", "1")]
    [DataRow("[1, 7]", "Flags[1]", "7")]
    [DataRow("[1]", "weights.safetensors")]
    [DataRow("[0, 1, 2, 3, 4, 5, 6]", "scale.factor")]
    public void A_file_of_others_than_its_weights_are_for_is_refused(string flags, params string[] fragments)
    {
        var rows = View(InputExample.Of(60));
        var file = new ModelFile(EveryTask.Trainer(_ml, LearningTask.MulticlassClassification, Options).Fit(rows), rows.Schema);
        var path = file.Path("network.json");
        var json = JsonNode.Parse(file.Entries[path])!.AsObject();
        json["flags"] = JsonNode.Parse(flags);

        var error = Assert.Throws<Exception>(() => ModelFile.Load(file.With(path, Encoding.UTF8.GetBytes(json.ToJsonString()))));

        foreach (var fragment in fragments)
            Assert.Contains(fragment, error.ToString());
    }

    private TrainedNetwork Fit(NeuralNetworkOptions options, List<InputExample> rows) =>
        EveryTask.Trainer(_ml, LearningTask.MulticlassClassification, options).Fit(View(rows)).GetNeuralNetwork();

    private IDataView View(List<InputExample> rows) => _ml.Data.LoadFromEnumerable(rows);
}
