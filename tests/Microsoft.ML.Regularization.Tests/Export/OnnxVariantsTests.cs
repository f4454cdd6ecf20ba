using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Export;

[TestClass]
public sealed class OnnxVariantsTests
{
    private static readonly IDataView Training = new MLContext().Data.LoadFromEnumerable(InputExample.Of(40));
    private static readonly IDataView View = new MLContext().Data.LoadFromEnumerable(InputExample.Of(50, seed: 2));

    private static IEnumerable<object[]> Architectures => OnnxVariants.Architectures.Select(one => new object[] { one });

    private static IEnumerable<object[]> Recipes => OnnxVariants.Recipes.Select(one => new object[] { one.Architecture, one.Recipe });

    private static IEnumerable<object[]> Scalings =>
        from scaling in Enum.GetValues<InputScaling>()
        from column in new[] { ArchitectureCase.Numbers, ArchitectureCase.Flagged }
        select new object[] { scaling, column };

    private static IEnumerable<object[]> Ensembles =>
        from task in LearningTasks.All
        from calibration in EveryTask.HasClasses(task) ? new Calibration[] { Calibration.None, Calibration.Temperature(), Calibration.Affine() } : [Calibration.None]
        from members in new[] { 1, 3 }
        select new object[] { task.ToString(), calibration, members };

    [TestMethod]
    [DynamicData(nameof(Architectures))]
    public void Every_choice_of_an_architecture_is_exported(object architecture) => Check((ArchitectureCase)architecture, RegularizationRecipe.None);

    [TestMethod]
    [DynamicData(nameof(Recipes))]
    public void What_scoring_makes_of_a_recipe_is_exported(object architecture, RegularizationRecipe recipe) => Check((ArchitectureCase)architecture, recipe);

    [TestMethod]
    [DynamicData(nameof(Scalings))]
    public void Every_scaling_is_exported(InputScaling scaling, string column)
    {
        var own = new ArchitectureCase(NetworkArchitecture.Mlp(8), column, ArchitectureCase.Category);
        var model = EveryTask.Trainer(
            new MLContext(seed: 2), LearningTask.Regression, own.Options(RegularizationRecipe.None, epochs: 2) with { InputScaling = scaling }).Fit(Training);

        OnnxParity.Check(model, View, column);
    }

    [TestMethod]
    [DynamicData(nameof(Ensembles))]
    public void Members_and_calibrations_are_exported(string taskName, Calibration calibration, int members)
    {
        var task = LearningTasks.Find(taskName)!;
        var own = new ArchitectureCase(NetworkArchitecture.Mlp(8), ArchitectureCase.Flagged, ArchitectureCase.Category);
        var options = own.Options(RegularizationRecipe.None with { EarlyStopping = new EarlyStopping() }, epochs: 3) with
        {
            Members = members,
            ValidationFraction = 0.3,
            Calibration = EveryTask.HasClasses(task) ? calibration : null,
        };
        var model = EveryTask.Trainer(new MLContext(seed: 2), task, options).Fit(Training);

        Assert.HasCount(members > 1 ? members : 0, model.GetNeuralNetwork().Members);
        Assert.AreEqual(EveryTask.HasClasses(task) && calibration is not NoCalibration, model.GetNeuralNetwork().History.Calibration is not null);
        OnnxParity.Check(model, View, own.FeatureColumnName);
    }

    [TestMethod]
    public void Members_of_folds_and_packs_count_by_their_shares()
    {
        var rows = new MLContext().Data.LoadFromEnumerable(InputExample.Of(120));
        foreach (var task in LearningTasks.All)
        {
            var own = new ArchitectureCase(NetworkArchitecture.RealMlp() with { HiddenSizes = [8] }, ArchitectureCase.Numbers);
            var options = own.Options(RegularizationRecipe.None, epochs: 6) with { Folds = 2, Pack = new PackOptions { Members = 3, MaxSnapshots = 4, FirstMembers = 2 } };
            var model = EveryTask.Trainer(new MLContext(seed: 2), task, options).Fit(rows);

            Assert.IsGreaterThan(1, model.GetNeuralNetwork().Members.Count);
            OnnxParity.Check(model, View, own.FeatureColumnName);
        }
    }

    [TestMethod]
    public void Gaps_are_filled_in_step_by_step_and_what_training_never_saw_is_nothing()
    {
        var examples = InputExample.Of(40);
        foreach (var (place, row) in examples.Index())
        {
            row.Series[place % row.Series.Length] = place % 3 == 0 ? float.PositiveInfinity : float.NaN;
            row.Features[1] = float.NaN;
        }

        var view = new MLContext().Data.LoadFromEnumerable(examples);
        foreach (var own in new ArchitectureCase[] { new(NetworkArchitecture.Lstm(4), ArchitectureCase.Sequences), new(NetworkArchitecture.Mlp(8), ArchitectureCase.Numbers) })
        {
            var model = own.Trainer(LearningTask.BinaryClassification, RegularizationRecipe.None, epochs: 2).Fit(view);

            Assert.IsNotNull(model.GetNeuralNetwork().Outcome.Imputation);
            OnnxParity.Check(model, view, own.FeatureColumnName);
            OnnxParity.Check(model, View, own.FeatureColumnName);
        }
    }

    [TestMethod]
    public void Rows_that_the_model_refuses_have_no_score()
    {
        foreach (var own in new ArchitectureCase[] { new(NetworkArchitecture.Mlp(8), ArchitectureCase.Numbers), new(NetworkArchitecture.ConvNet(4), ArchitectureCase.Images) })
        {
            foreach (var task in LearningTasks.All)
            {
                var options = own.Options(RegularizationRecipe.None, epochs: 1) with { MissingValues = MissingValues.Refuse, InputScaling = InputScaling.NormalQuantiles };
                var network = EveryTask.Trainer(new MLContext(seed: 2), task, options).Fit(Training).GetNeuralNetwork();
                using var session = new OnnxSession(network);
                var (whole, gap, endless) = (new float[network.Input.Width], new float[network.Input.Width], new float[network.Input.Width]);
                (gap[1], endless[2]) = (float.NaN, float.NegativeInfinity);

                var scores = session.Score(network, [whole, gap, endless])["Score"].Chunk(network.Outputs).ToList();
                Assert.IsTrue(scores[0].All(float.IsFinite));
                Assert.IsTrue(scores[1].Concat(scores[2]).All(float.IsNaN));
            }
        }
    }

    [TestMethod]
    public void Channels_may_come_last()
    {
        foreach (var architecture in new NetworkArchitecture[] { NetworkArchitecture.ConvNet(4), NetworkArchitecture.VisionTransformer(patch: 4, width: 8, depth: 1, heads: 2) })
        {
            var own = new ArchitectureCase(architecture, nameof(ColorExample.Pixels));
            var rows = new MLContext().Data.LoadFromEnumerable(ColorExample.Of(30));
            var model = own.Trainer(LearningTask.Regression, RegularizationRecipe.None, epochs: 1).Fit(rows);

            Assert.AreEqual(ChannelOrder.ChannelsLast, model.GetNeuralNetwork().Input.Image!.Order);
            OnnxParity.Check(model, rows, own.FeatureColumnName);
        }
    }

    private static void Check(ArchitectureCase own, RegularizationRecipe recipe)
    {
        var model = own.Trainer(LearningTask.Regression, recipe, epochs: 2).Fit(Training);
        OnnxParity.Check(model, View, own.FeatureColumnName);
    }

    private sealed class ColorExample
    {
        [Microsoft.ML.Data.VectorType(8, 8, 3)]
        public float[] Pixels { get; set; } = [];

        public float Target { get; set; }

        public static IEnumerable<ColorExample> Of(int count)
        {
            var random = new Random(1);
            return [.. Enumerable.Range(0, count).Select(row => new ColorExample
            {
                Pixels = [.. Enumerable.Range(0, 192).Select(_ => random.NextSingle())],
                Target = row % 3,
            })];
        }
    }
}
