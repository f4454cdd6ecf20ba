using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Trainers;
using static Microsoft.ML.Regularization.Tests.Inputs.GapNetworks;

namespace Microsoft.ML.Regularization.Tests.Inputs;

/// <summary>Sparse rows that store numbers that are missing: filled and indicated as those of dense rows are, without becoming dense.</summary>
[TestClass]
public sealed class SparseGapsTests
{
    private static IEnumerable<object[]> Networks =>
        from architecture in All
        from scaling in Enum.GetValues<InputScaling>()
        select new object[] { architecture, scaling };

    [TestMethod]
    [DynamicData(nameof(Networks))]
    public void They_give_what_the_same_rows_give_dense(NetworkArchitecture architecture, InputScaling scaling)
    {
        var options = Options(architecture) with { InputScaling = scaling };
        var rows = WithGaps(InputExample.Of(Rows));
        var sparse = Fit(options, rows);
        var trained = sparse.GetNeuralNetwork();
        Assert.AreEqual(architecture.TakesSparseRows && scaling != InputScaling.NormalQuantiles, trained.Input.IsSparse);
        CollectionAssert.AreEqual(new[] { InputExample.Slots - 2 }, trained.Outcome.Imputation!.Unknown);
        Assert.Contains(InputExample.Slots - 1, trained.Outcome.Imputation.Indicated);
        Assert.AreEqual(InputExample.Slots + trained.Outcome.Imputation.Indicated.Length, trained.FilledInput.Numbers);

        // Later rows lack numbers that no training row did.
        var later = WithGaps(InputExample.Of(30, seed: 5), every: 2);
        var scores = Scores(sparse, later);
        var dense = Scores(Fit(options with { MultipliesSparseRows = false }, rows), later);
        for (var row = 0; row < later.Count; row++)
        {
            Assert.IsTrue(scores[row].All(float.IsFinite));
            Closeness.AssertClose(dense[row].AsSpan(), scores[row], 1e-4, $"row {row}");
        }

        var weights = EveryTask.Weights(sparse);
        SmallNetwork.AssertEqual(weights, EveryTask.Weights(Fit(options, rows.ConvertAll(Dense))));
        SmallNetwork.AssertEqual(weights, EveryTask.Weights(Fit(options with { DataCaching = DataCaching.None, ShufflePoolRows = Rows }, rows)));
    }

    [TestMethod]
    public void A_row_scores_alike_alone_in_a_block_and_from_a_file()
    {
        var ml = new MLContext(seed: 1);
        var rows = WithGaps(InputExample.Of(Rows));
        var model = Fit(Options(NetworkArchitecture.Mlp(8)), rows);
        var scores = Scores(model, rows);
        using var file = new MemoryStream();
        ml.Model.Save(model, View(rows).Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);
        using var engine = ml.Model.CreatePredictionEngine<InputExample, Scored>(loaded);
        for (var row = 0; row < Rows; row++)
        {
            CollectionAssert.AreEqual(scores[row], engine.Predict(rows[row]).Score);
            CollectionAssert.AreEqual(scores[row], engine.Predict(Dense(rows[row])).Score);
        }
    }

    [TestMethod]
    public void Mixed_rows_have_gaps_too()
    {
        var recipe = RegularizationRecipe.None with { Augmentations = [new MixupOptions()], Dropout = 0.2 };
        var rows = WithGaps(InputExample.Of(Rows));
        var model = Fit(Options(NetworkArchitecture.Mlp(8)) with { Recipe = recipe, CategoricalColumnNames = [] }, rows);
        Assert.IsTrue(model.GetNeuralNetwork().Input.IsSparse);
        Assert.IsTrue(Scores(model, rows).All(row => row.All(float.IsFinite)));
    }

    [TestMethod]
    public void They_are_refused_where_that_is_asked_for()
    {
        var options = Options(NetworkArchitecture.Mlp(8)) with { MissingValues = MissingValues.Refuse };
        var (complete, gap) = (InputExample.Of(Rows), InputExample.Of(Rows));
        var values = gap[17].Sparse.GetValues().ToArray();
        values[3] = float.NegativeInfinity;
        var slots = gap[17].Sparse.GetIndices().ToArray();
        gap[17].Sparse = new VBuffer<float>(InputExample.Slots, slots.Length, values, slots);

        AssertNames(() => Fit(options, gap));
        var model = Fit(options, complete);
        AssertNames(() => Scores(model, gap));
        AssertNames(() => Scores(Fit(options with { MultipliesSparseRows = false }, complete), gap));

        void AssertNames(Action action) =>
            StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(action).Message, $"Column 'Sparse', row 17: slot {slots[3]} is -");
    }

    /// <summary>The last slot is missing at times, the one before always, and the first ones that a row has at times.</summary>
    private static List<InputExample> WithGaps(List<InputExample> rows, int every = 3)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            var numbers = rows[i].Sparse.Items().ToDictionary(item => item.Key, item => item.Value);
            numbers[InputExample.Slots - 2] = float.NaN;
            if (i % 4 == 1)
                numbers[InputExample.Slots - 1] = float.PositiveInfinity;
            else
                numbers[InputExample.Slots - 1] = 1 + i % 7;
            if (i % every == 0)
                numbers[numbers.Keys.Min()] = float.NaN;
            int[] slots = [.. numbers.Keys.Order()];
            rows[i].Sparse = new VBuffer<float>(InputExample.Slots, slots.Length, [.. slots.Select(slot => numbers[slot])], slots);
        }

        return rows;
    }

    private static InputExample Dense(InputExample row) => new()
    {
        Sparse = new VBuffer<float>(InputExample.Slots, [.. row.Sparse.DenseValues()]), Category = row.Category, Label = row.Label, Flag = row.Flag, Target = row.Target,
    };

    private static NeuralNetworkOptions Options(NetworkArchitecture architecture) => GapNetworks.Options(architecture) with
    {
        FeatureColumnName = ArchitectureCase.Sparse, CategoricalColumnNames = ["Category"], Optimizer = Optimizer.Sgd(momentum: 0.5),
    };

    private static ITransformer Fit(NeuralNetworkOptions options, List<InputExample> rows) => GapNetworks.Fit(LearningTask.MulticlassClassification, options, View(rows));

    private static List<float[]> Scores(ITransformer model, List<InputExample> rows) => [.. EveryTask.Scores(model, View(rows))];

    private sealed class Scored
    {
        public float[] Score { get; set; } = [];
    }
}
