using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Splitting;

[TestClass]
public sealed class ClassWeightsTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Balanced_classes_have_the_weights_of_the_formula()
    {
        // 40 rows, of which 4, 12 and 24 are of the three classes, and 10 are true.
        var view = _ml.Data.LoadFromEnumerable(Imbalanced(40));
        foreach (var row in Weigh(view, new ClassWeightsOptions { ExampleWeightColumnName = "Balance" }))
            Assert.AreEqual(40 / (3.0 * new[] { 4, 12, 24 }[(int)row.Label[0] - 1]), row.Weight, 1e-6);
        foreach (var row in Weigh(view, new ClassWeightsOptions { ExampleWeightColumnName = "Balance", LabelColumnName = "Flag" }))
            Assert.AreEqual(40 / (2.0 * (row.Label[0] > 0 ? 10 : 30)), row.Weight, 1e-6);
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(0.9)]
    [DataRow(0.999)]
    public void Effective_numbers_have_the_weights_of_the_formula_and_a_mean_of_1(double beta)
    {
        var counts = new[] { 4, 12, 24 };
        var formula = Array.ConvertAll(counts, count => (1 - beta) / (1 - Math.Pow(beta, count)));
        var mean = counts.Zip(formula, (count, weight) => count * weight).Sum() / 40;
        var rows = Weigh(
            _ml.Data.LoadFromEnumerable(Imbalanced(40)),
            new ClassWeightsOptions { ExampleWeightColumnName = "Balance", Balance = ClassBalance.EffectiveNumber, Beta = beta });
        foreach (var row in rows)
            Assert.AreEqual(formula[(int)row.Label[0] - 1] / mean, row.Weight, 1e-6);
        Assert.AreEqual(1, rows.Average(row => row.Weight), 1e-6);
    }

    [TestMethod]
    public void Weights_that_the_rows_have_are_kept_and_their_sum_stays()
    {
        var rows = Imbalanced(40);
        foreach (var balance in new[] { ClassBalance.Balanced, ClassBalance.EffectiveNumber })
        {
            var options = new ClassWeightsOptions { Balance = balance, Beta = 0.95 };
            var weighed = Weigh(_ml.Data.LoadFromEnumerable(rows), options);
            Assert.AreEqual(rows.Sum(row => row.Weight), weighed.Sum(row => row.Weight), 1e-4);
            foreach (var same in weighed.GroupBy(row => row.Label[0]))
            {
                var factors = same.Select(row => row.Weight / rows[row.Source].Weight).ToList();
                Assert.AreEqual(factors.Min(), factors.Max(), 1e-5, "one factor for each class");
                if (balance == ClassBalance.Balanced)
                    Assert.AreEqual(rows.Sum(row => row.Weight) / 3, same.Sum(row => row.Weight), 1e-4, "every class has the same mass");
            }

            // Only the ratios of the rows' weights matter.
            var heavier = Imbalanced(40);
            heavier.ForEach(row => row.Weight *= 50);
            var ratios = Weigh(_ml.Data.LoadFromEnumerable(heavier), options).Zip(weighed, (heavy, light) => heavy.Weight / light.Weight);
            Assert.IsTrue(ratios.All(ratio => Math.Abs(ratio - 50) < 1e-3));
        }
    }

    [TestMethod]
    public void Soft_labels_count_by_their_shares_and_weigh_by_expectation()
    {
        var view = _ml.Data.Augment(_ml.Data.LoadFromEnumerable(Imbalanced(400)), new MixupOptions { Alpha = 1 });
        var labels = view.Read().ConvertAll(row => row.Label);
        var masses = Enumerable.Range(0, 3).Select(k => labels.Sum(label => (double)label[k])).ToArray();
        var weighed = Weigh(view, new ClassWeightsOptions { ExampleWeightColumnName = "Balance" });
        foreach (var row in weighed)
            Assert.AreEqual(row.Label.Select((share, k) => share * 400 / (3 * masses[k])).Sum(), row.Weight, 1e-4);
        Assert.AreEqual(1, weighed.Average(row => row.Weight), 1e-5);
        Assert.IsGreaterThan(20, weighed.Select(row => row.Weight).Distinct().Count());
    }

    [TestMethod]
    public void Weighted_pairs_are_weighted_on()
    {
        var view = _ml.Data.Augment(_ml.Data.LoadFromEnumerable(Imbalanced(400)), new MixupOptions { Alpha = 1, LabelMode = LabelMode.WeightedPairs });
        var masses = Weigh(view, new ClassWeightsOptions()).GroupBy(row => row.Label[0]).Select(same => same.Sum(row => row.Weight)).ToList();
        Assert.HasCount(3, masses);
        foreach (var mass in masses)
            Assert.AreEqual(view.Read().Sum(row => row.Weight) / 3, mass, 0.01);
    }

    [TestMethod]
    public void Held_out_rows_are_weighted_like_others_but_do_not_count()
    {
        var view = _ml.Data.Augment(_ml.Data.LoadFromEnumerable(Imbalanced(600)), new HoldOutOptions { Fraction = 0.4 });
        var marks = view.GetColumn<bool>(HeldOutMark.ColumnName).ToList();
        var weighed = Weigh(view, new ClassWeightsOptions { ExampleWeightColumnName = "Balance" });
        var training = weighed.Where(row => !marks[row.Source]).ToList();
        foreach (var row in weighed)
            Assert.AreEqual(training.Count / (3.0 * training.Count(other => other.Label[0] == row.Label[0])), row.Weight, 1e-5);
    }

    [TestMethod]
    public void Rows_of_which_nothing_is_known_keep_their_weight()
    {
        // Of the first class there are only held-out rows; two labels are missing; one weight is no number, another negative.
        var rows = Imbalanced(100);
        rows[3].Label = rows[4].Label = Example.ClassCount;
        (rows[5].Weight, rows[6].Weight) = (float.NaN, -1);
        var marked = HoldOutView.Create(_ml, _ml.Data.LoadFromEnumerable(rows), id => rows[(int)id.Low].Label == 0);
        var weighed = Weigh(marked, new ClassWeightsOptions());
        foreach (var row in weighed)
        {
            if (row.Label[0] is 0 or 1)
                Assert.AreEqual(rows[row.Source].Weight, row.Weight);
        }

        Assert.AreEqual(float.NaN, weighed[5].Weight);
        Assert.IsLessThan(0, weighed[6].Weight);
        Assert.IsTrue(weighed.Where(row => row.Source > 6).All(row => float.IsFinite(row.Weight)));
    }

    [TestMethod]
    public void Labels_are_read_once_for_all_cursors_and_only_where_weights_are_asked_for()
    {
        var reads = 0;
        var view = _ml.Data.Augment(_ml.Data.LoadFromEnumerable(Stream()), new ClassWeightsOptions());
        _ = view.GetColumn<int>("Id").Count();
        Assert.AreEqual(1, reads);
        for (var pass = 0; pass < 3; pass++)
            _ = view.GetColumn<float>("Weight").Sum();
        Assert.AreEqual(1 + 3 + 1, reads);

        IEnumerable<Example> Stream()
        {
            reads++;
            foreach (var row in Imbalanced(50))
                yield return row;
        }
    }

    [TestMethod]
    public void The_columns_are_those_that_were_promised()
    {
        var view = _ml.Data.LoadFromEnumerable(Imbalanced(20));
        foreach (var options in new[] { new ClassWeightsOptions(), new ClassWeightsOptions { ExampleWeightColumnName = "Balance" } })
        {
            SchemaShapes.AssertEqual(
                _ml.Transforms.ClassWeights(options).GetOutputSchema(SchemaShapes.Of(view.Schema)), SchemaShapes.Of(_ml.Data.Augment(view, options).Schema));
        }
    }

    [TestMethod]
    public void Partners_of_a_mixture_behind_it_have_the_weights_of_their_own_classes()
    {
        // Behind a cache partners are read at any row.
        var view = _ml.Data.Augment(_ml.Data.Cache(_ml.Data.LoadFromEnumerable(Imbalanced(200))), new ClassWeightsOptions { ExampleWeightColumnName = "Balance" });
        var pairs = Weigh(view, new MixupOptions { Alpha = 1, LabelMode = LabelMode.WeightedPairs, ExampleWeightColumnName = "Balance" });
        Assert.HasCount(400, pairs);
        foreach (var pair in pairs.Chunk(2))
            Assert.AreEqual(1, pair.Sum(row => row.Weight / (200 / (3.0 * new[] { 20, 60, 120 }[(int)row.Label[0] - 1]))), 1e-5);
        Assert.IsTrue(pairs.Chunk(2).Any(pair => pair[0].Label[0] != pair[1].Label[0]));
    }

    [TestMethod]
    [DataRow(ClassBalance.Balanced)]
    [DataRow(ClassBalance.EffectiveNumber)]
    public void LightGbm_finds_more_of_a_rare_class(ClassBalance balance)
    {
        var (train, test) = (Rare(3000, seed: 1), Rare(3000, seed: 2));
        var trainer = _ml.BinaryClassification.Trainers.LightGbm("Flag", exampleWeightColumnName: "Balance", numberOfIterations: 30);
        var plain = Recall(_ml.BinaryClassification.Trainers.LightGbm("Flag", numberOfIterations: 30));
        var weighted = Recall(_ml.Transforms.ClassWeights("Flag", "Balance", balance).Append(trainer));
        Assert.IsGreaterThan(plain + (balance == ClassBalance.Balanced ? 0.15 : 0.1), weighted);

        double Recall(IEstimator<ITransformer> pipeline)
        {
            // The column of weights is no part of what the model needs.
            var model = pipeline.Fit(train);
            Assert.IsNull(model.Transform(test).Schema.GetColumnOrNull("Balance"));
            return _ml.BinaryClassification.EvaluateNonCalibrated(model.Transform(test), "Flag").PositiveRecall;
        }
    }

    [TestMethod]
    public void The_neural_trainer_takes_the_weights()
    {
        var (train, test) = (Rare(800, seed: 1), Rare(2000, seed: 2));
        var options = new NeuralNetworkOptions
        {
            LabelColumnName = "Flag",
            Architecture = NetworkArchitecture.Mlp(8),
            Recipe = RegularizationRecipe.None,
            MaxEpochs = 6,
            BatchSize = 32,
            LearningRate = 0.03,
            Seed = 4,
        };
        var plain = Recall(_ml.BinaryClassification.Trainers.NeuralNetwork(options));
        var weighted = Recall(_ml.Transforms.ClassWeights("Flag", "Balance")
            .Append(_ml.BinaryClassification.Trainers.NeuralNetwork(options with { ExampleWeightColumnName = "Balance" })));
        Assert.IsGreaterThan(plain + 0.15, weighted);

        double Recall(IEstimator<ITransformer> pipeline) =>
            _ml.BinaryClassification.EvaluateNonCalibrated(pipeline.Fit(train).Transform(test), "Flag").PositiveRecall;
    }

    private List<ReadRow> Weigh(IDataView view, ClassWeightsOptions options) => Weigh(view, options, options.ExampleWeightColumnName, options.LabelColumnName);

    private List<ReadRow> Weigh(IDataView view, MixupOptions options) => Weigh(view, options, options.ExampleWeightColumnName!, options.LabelColumnName ?? "Label");

    private List<ReadRow> Weigh(IDataView view, TrainingOnlyOptions options, string exampleWeightColumnName, string labelColumnName)
    {
        var weighed = _ml.Data.Augment(view, options);
        var weights = weighed.GetColumn<float>(exampleWeightColumnName).ToList();
        return [.. weighed.Read(labelColumnName).Select((row, i) => row with { Weight = weights[i] })];
    }

    /// <summary>Rows of which a tenth, three tenths and the rest are of the three classes, and a quarter is true.</summary>
    private static List<Example> Imbalanced(int count)
    {
        var rows = Example.Clusters(count);
        foreach (var row in rows)
        {
            row.Label = (row.Id % 10) switch { 0 => 0u, 1 or 2 or 3 => 1u, _ => 2u };
            row.Flag = row.Id % 4 == 0;
        }

        return rows;
    }

    /// <summary>One row in twenty is true, and overlaps with the others.</summary>
    private IDataView Rare(int count, int seed)
    {
        var rows = Example.Clusters(3 * count, seed).Where(row => row.Label == 0 ? row.Id % 60 == 0 : row.Id % 3 == 1).ToList();
        foreach (var row in rows)
            row.Features[1] *= 0.5f;
        return _ml.Data.LoadFromEnumerable(rows);
    }
}
