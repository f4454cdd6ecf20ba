using System.Text;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Scoring.ModelFiles;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Ensembles.Bagging;

/// <summary>Several networks that are trained side by side and predict together, for every task and every architecture.</summary>
[TestClass]
public sealed class MembersProtocol
{
    private static readonly MLContext Context = new(seed: 3);

    private static IEnumerable<object[]> Tasks => LearningTasks.All.Select(task => new object[] { task.ToString() });

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void The_model_predicts_the_mean_of_its_members(string taskName)
    {
        var task = LearningTasks.Find(taskName)!;
        var options = SmallNetwork.Options with { Members = 3, MaxEpochs = 3, Seed = 5 };
        var rows = Context.Rows(90);
        var model = EveryTask.Trainer(Context, task, options).Fit(rows);

        var network = model.GetNeuralNetwork();
        Assert.HasCount(3, network.Members);
        var alone = network.Members.Select(member => Predictions(member, rows)).ToList();
        Assert.IsGreaterThan(0.001, Math.Abs(alone[0][0][0] - alone[1][0][0]), "the networks are alike");
        var together = Predictions(network, rows);
        for (var row = 0; row < together.Count; row++)
        {
            for (var k = 0; k < together[row].Length; k++)
                Assert.AreEqual(alone.Average(predictions => predictions[row][k]), together[row][k], 1e-5);
        }
    }

    /// <summary>The first member has the draws of a network that is trained by itself, and no member depends on how many there are.</summary>
    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void A_member_is_what_it_is_among_fewer(string taskName)
    {
        var task = LearningTasks.Find(taskName)!;
        var rows = Context.Rows(90);
        var one = Train(members: null);
        var (two, four) = (Train(2), Train(4));
        Assert.IsEmpty(one.Members);
        CollectionAssert.AreEqual(Flat(one), Flat(two.Members[0]));
        CollectionAssert.AreEqual(Flat(two.Members[1]), Flat(four.Members[1]));
        CollectionAssert.AreNotEqual(Flat(four.Members[0]), Flat(four.Members[1]));
        CollectionAssert.AreNotEqual(Flat(four.Members[2]), Flat(four.Members[1]));

        TrainedNetwork Train(int? members)
        {
            var options = SmallNetwork.Options with { Members = members, MaxEpochs = 3, Seed = 5, Recipe = RegularizationRecipe.None with { Dropout = 0.2 } };
            return EveryTask.Trainer(Context, task, options).Fit(rows).GetNeuralNetwork();
        }
    }

    private static IEnumerable<object[]> Architectures => ArchitectureCases.All.Select(architecture => new object[] { architecture });

    [TestMethod]
    [DynamicData(nameof(Architectures))]
    public void Every_architecture_scores_rows_alone_in_blocks_and_after_loading_alike(object architecture)
    {
        var view = Context.Data.LoadFromEnumerable(InputExample.Of(40));
        var options = ((ArchitectureCase)architecture).Options(RegularizationRecipe.None, epochs: 2) with { Members = 2 };
        var model = EveryTask.Trainer(Context, LearningTask.BinaryClassification, options).Fit(view);
        var scores = Scores(model, view);
        CollectionAssert.AreEqual(scores, Scores(Reload(model, view.Schema), view));

        // libtorch itself rounds a block otherwise than a row.
        var difference = model.GetNeuralNetwork().Architecture.ScoresInManagedCode ? 0 : 1e-5;
        foreach (var (row, single) in InputExample.Of(40).Index())
            Assert.AreEqual(scores[row], Scores(model, Context.Data.LoadFromEnumerable([single]))[0], difference);
    }

    [TestMethod]
    public void Missing_numbers_sparse_rows_and_categories_are_read()
    {
        foreach (var options in new[]
        {
            SmallNetwork.Options with { FeatureColumnName = nameof(InputExample.Sparse), Recipe = RegularizationRecipe.SmallDataset },
            SmallNetwork.Options with { CategoricalColumnNames = [nameof(InputExample.Category)] },
        })
        {
            var view = Context.Data.LoadFromEnumerable(InputExample.Of(60));
            var model = EveryTask.Trainer(Context, LearningTask.BinaryClassification, options with { Members = 2, MaxEpochs = 2, Calibration = Calibration.None }).Fit(view);
            var network = model.GetNeuralNetwork();
            var expected = network.Members.Select(member => Scores(Transformer(member, view.Schema, options), view).Select(score => 1 / (1 + Math.Exp(-score))).ToList()).ToList();
            var found = Scores(model, view);
            for (var row = 0; row < found.Count; row++)
                Assert.AreEqual((expected[0][row] + expected[1][row]) / 2, 1 / (1 + Math.Exp(-found[row])), 1e-6);
            CollectionAssert.AreEqual(found, Scores(Reload(model, view.Schema), view));
        }
    }

    [TestMethod]
    [DataRow("\"shares\": [", "\"shares\": [0.5, ", "share")]
    [DataRow("\"shares\"", "\"parts\"", "parts")]
    [DataRow("\"members\": [", "\"members\": [], \"others\": [", "others")]
    public void A_file_whose_members_do_not_fit_is_refused(string text, string changed, string named)
    {
        var rows = Context.Rows(60);
        var file = new ModelFile(EveryTask.Trainer(Context, LearningTask.Regression, SmallNetwork.Options with { Members = 2, MaxEpochs = 1 }).Fit(rows), rows.Schema);
        var path = file.Path("network.json");
        var json = Encoding.UTF8.GetString(file.Entries[path]);
        Assert.Contains(text, json);
        var error = Assert.Throws<Exception>(() => ModelFile.Load(file.With(path, Encoding.UTF8.GetBytes(json.Replace(text, changed, StringComparison.Ordinal)))));
        Assert.Contains(named, error.ToString());
    }

    private static NeuralNetworkBinaryTransformer Transformer(TrainedNetwork network, DataViewSchema schema, NeuralNetworkOptions options) =>
        new(Context, new NeuralNetworkBinaryModelParameters(Context, network), ScoringSchema.Of(schema, nameof(Example.Flag), network.Task), options.FeatureColumnName);

    private static List<float> Scores(ITransformer model, IDataView view) => [.. model.Transform(view).GetColumn<float>("Score")];

    private static float[] Flat(TrainedNetwork network) => [.. network.Weights.SelectMany(tensor => tensor.Values.ToArray())];

    private static List<float[]> Predictions(TrainedNetwork network, IDataView rows) => [.. rows.GetColumn<float[]>(nameof(Example.Features)).Select(features =>
    {
        var filled = new float[network.FilledInput.Width];
        if (network.Outcome.Imputation is { } imputation)
            imputation.Apply(features, filled);
        else
            features.CopyTo(filled, 0);
        var outputs = new float[network.Outputs];
        network.Scorer.Score(filled, outputs);
        network.Link.Apply(outputs);
        return outputs;
    })];

    private static ITransformer Reload(ITransformer model, DataViewSchema schema)
    {
        using var file = new MemoryStream();
        Context.Model.Save(model, schema, file);
        file.Position = 0;
        return new MLContext().Model.Load(file, out _);
    }
}
