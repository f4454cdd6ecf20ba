using Microsoft.ML.Regularization.Tests.Networks.Custom;

namespace Microsoft.ML.Regularization.Tests.Trainers;

/// <summary>What options that are left null come to.</summary>
[TestClass]
public sealed class TrainingPlanTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Networks_without_settings_of_their_own_take_the_common_ones()
    {
        foreach (var kind in LearningTasks.All)
        {
            var plan = Plan(new() { Effort = TrainingEffort.Quick }, kind);

            Assert.AreEqual(RegularizationRecipe.SmallDataset, plan.Recipe);
            Assert.AreEqual(Optimizer.Adam(), plan.Optimizer);
            Assert.AreEqual(LearningRateSchedule.Constant, plan.Schedule);
            Assert.AreEqual((kind == LearningTask.Regression ? 3e-3 : 1e-3, 64, 100, InputScaling.RobustSmoothClip, 0.2), (plan.LearningRate, plan.BatchSize, plan.MaxEpochs, plan.InputScaling, plan.ValidationFraction));
        }
    }

    [TestMethod]
    [DataRow("binary classification")]
    [DataRow("multiclass classification")]
    [DataRow("regression")]
    public void RealMlp_alone_is_that_of_its_paper(string taskName)
    {
        var task = LearningTasks.Find(taskName)!;
        var hasClasses = task != LearningTask.Regression;
        var plan = Plan(new() { Architecture = NetworkArchitecture.RealMlp() }, task);

        Assert.AreEqual((0.02, 0.15, hasClasses ? 0.1 : 0), (plan.Recipe.WeightDecay, ((StandardDropout)plan.Recipe.Dropout!).DropProbability, plan.Recipe.LabelSmoothing));
        Assert.AreEqual((hasClasses ? ValidationMetric.Accuracy : ValidationMetric.RootMeanSquaredError, int.MaxValue), (plan.Recipe.EarlyStopping!.Metric, plan.Recipe.EarlyStopping.Patience));
        Assert.AreEqual(new FlatThenCosineSchedule { FlatFraction = 0.5 }, plan.Recipe.WeightDecaySchedule);
        Assert.AreEqual(new FlatThenCosineSchedule { FlatFraction = 0.5 }, plan.Recipe.DropoutSchedule);
        Assert.IsNull(plan.Recipe.LabelSmoothingSchedule);
        Assert.AreEqual((true, true, true), (plan.Recipe.EarlyStopping.PrefersLaterEpochs, plan.DropsLastBatch, plan.ClampsPredictions));
        Assert.AreEqual(Optimizer.Adam(beta2: 0.95), plan.Optimizer);
        Assert.AreEqual(new LogCosineSchedule(), plan.Schedule);
        Assert.AreEqual((hasClasses ? 0.04 : 0.2, 256, 256), (plan.LearningRate, plan.BatchSize, plan.MaxEpochs));
        Assert.AreEqual(NetworkArchitecture.RealMlp(hasClasses ? Activation.SELU : Activation.Mish), plan.Architecture);
        Assert.Contains("early stopping (" + plan.Recipe.EarlyStopping.Metric + ", to the last epoch, the latest of equal epochs, not retrained)", plan.Recipe.ToString());
    }

    [TestMethod]
    public void The_networks_of_a_pack_get_a_quarter_of_the_epochs_and_for_numbers_half()
    {
        Assert.AreEqual((256, 64), For(new() { Pack = new PackOptions() }, LearningTask.BinaryClassification, 10_000));
        Assert.AreEqual((256, 128), For(new() { Pack = new PackOptions() }, LearningTask.Regression, 10_000));
        Assert.AreEqual((256, 7), For(new() { Pack = new PackOptions(), MaxEpochs = 7 }, LearningTask.Regression, 10_000));
    }

    /// <summary>240 rows make 4 batches of 64, the last one smaller: 4,000 steps are 1,000 epochs.</summary>
    [TestMethod]
    [DataRow(1, 4000)]
    [DataRow(64, 4000)]
    [DataRow(65, 2000)]
    [DataRow(240, 1000)]
    [DataRow(2560, 100)]
    [DataRow(1_000_000, 100)]
    public void Few_rows_get_more_epochs_where_validation_rows_end_them(int rows, int epochs)
    {
        Assert.AreEqual((64, epochs), Of(new() { Effort = TrainingEffort.Quick }));
        Assert.AreEqual((64, 100), Of(new() { Recipe = RegularizationRecipe.None }));
        Assert.AreEqual((64, 7), Of(new() { MaxEpochs = 7 }));
        Assert.AreEqual((1, Math.Max(100, (3999 + rows) / rows)), Of(new() { BatchSize = 1 }));

        (int, int) Of(NeuralNetworkOptions options) => For(options, LearningTask.BinaryClassification, rows);
    }

    [TestMethod]
    [DataRow(100, 64)]
    [DataRow(1023, 64)]
    [DataRow(1024, 128)]
    [DataRow(2047, 128)]
    [DataRow(2048, 256)]
    [DataRow(1_000_000, 256)]
    public void RealMlp_takes_smaller_batches_of_few_numbers(int rows, int batch)
    {
        var real = new NeuralNetworkOptions { Architecture = NetworkArchitecture.RealMlp() };

        Assert.AreEqual((batch, 256), For(real, LearningTask.Regression, rows));
        Assert.AreEqual((256, 256), For(real, LearningTask.MulticlassClassification, rows));
        Assert.AreEqual((100, 256), For(real with { BatchSize = 100 }, LearningTask.Regression, rows));
    }

    [TestMethod]
    public void Embeddings_keep_their_angles_unless_a_scaling_is_named()
    {
        Assert.AreEqual(InputScaling.UnitLength, Scaling(new()));
        Assert.AreEqual(InputScaling.UnitLength, Scaling(new() { Architecture = NetworkArchitecture.RealMlp() }));
        Assert.AreEqual(InputScaling.Standardize, Scaling(new() { InputScaling = InputScaling.Standardize }));
        Assert.AreEqual(InputScaling.RobustSmoothClip, Scaling(new() { InputScaling = InputScaling.RobustSmoothClip }));
        Assert.AreEqual(InputScaling.Standardize, Scaling(new() { Architecture = NetworkArchitecture.ConvNet(8) }));

        InputScaling Scaling(NeuralNetworkOptions options) => Plan(options, LearningTask.BinaryClassification).For(rows: 100, areEmbeddings: true).InputScaling;
    }

    [TestMethod]
    public void A_rare_class_is_watched_by_the_loss_unless_a_recipe_is_named()
    {
        var real = new NeuralNetworkOptions { Architecture = NetworkArchitecture.RealMlp() };
        var own = Plan(real, LearningTask.BinaryClassification).Recipe;
        Assert.AreEqual(own with { EarlyStopping = own.EarlyStopping! with { Metric = ValidationMetric.Loss } }, Recipe(real));
        Assert.AreEqual(own, Recipe(real with { Recipe = own }));
        Assert.AreEqual(RegularizationRecipe.SmallDataset, Recipe(new() { Effort = TrainingEffort.Quick }));

        RegularizationRecipe Recipe(NeuralNetworkOptions options) => Plan(options, LearningTask.BinaryClassification).For(rows: 100, areEmbeddings: false, hasRareClass: true).Recipe;
    }

    /// <summary>Of 100 rows in training a tenth would be 10.</summary>
    [TestMethod]
    [DataRow(9, ValidationMetric.Loss)]
    [DataRow(10, ValidationMetric.Accuracy)]
    public void A_class_of_less_than_a_tenth_of_the_rows_is_rare(int positives, ValidationMetric watched)
    {
        var rows = InputExample.Of(130);
        foreach (var (i, row) in rows.Index())
            row.Flag = i < positives || i is >= 100 and < 110;
        var options = new NeuralNetworkOptions
        {
            LabelColumnName = nameof(InputExample.Flag), Architecture = NetworkArchitecture.RealMlp() with { HiddenSizes = [4] }, MaxEpochs = 1,
            ValidationSet = _ml.Data.LoadFromEnumerable(rows[100..]),
        };
        var recipe = _ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(_ml.Data.LoadFromEnumerable(rows[..100])).Model.Recipe;
        Assert.AreEqual(watched, recipe.EarlyStopping!.Metric);
    }

    [TestMethod]
    public void The_learning_rate_goes_by_the_optimizer_that_is_named()
    {
        var real = new NeuralNetworkOptions { Architecture = NetworkArchitecture.RealMlp() };

        Assert.AreEqual(0.04, Rate(real with { Optimizer = Optimizer.Adam(beta2: 0.9) }));
        Assert.AreEqual(0.03, Rate(real with { Optimizer = Optimizer.Sgd() }));
        Assert.AreEqual(0.03, Rate(new() { Optimizer = Optimizer.Sgd() }));
        Assert.AreEqual(0.001, Rate(new() { Optimizer = Optimizer.RmsProp() }));
        Assert.AreEqual(0.3, Rate(new() { Optimizer = Optimizer.Sgd(), LearningRate = 0.3 }));

        double Rate(NeuralNetworkOptions options) => Plan(options, LearningTask.BinaryClassification).LearningRate;
    }

    [TestMethod]
    public void A_default_is_not_what_a_loss_or_a_network_refuses()
    {
        var focal = Plan(new() { Architecture = NetworkArchitecture.RealMlp(), Loss = LossFunction.Focal() }, LearningTask.BinaryClassification);
        Assert.AreEqual((0, 0.02), (focal.Recipe.LabelSmoothing, focal.Recipe.WeightDecay));

        var own = Plan(new() { Architecture = NetworkArchitecture.Custom(new NormalizedNetwork()) }, LearningTask.BinaryClassification);
        Assert.AreEqual(RegularizationRecipe.SmallDataset with { Dropout = null }, own.Recipe);
    }

    [TestMethod]
    public void Options_stay_as_they_were_given_and_the_model_says_what_was_trained()
    {
        var options = new NeuralNetworkOptions
        {
            LabelColumnName = nameof(InputExample.Target), Architecture = NetworkArchitecture.RealMlp() with { HiddenSizes = [4] }, MaxEpochs = 2,
        };
        var trainer = _ml.Regression.Trainers.NeuralNetwork(options);
        Assert.AreSame(options, trainer.Options);

        var model = trainer.Fit(_ml.Data.LoadFromEnumerable(InputExample.Of(60))).Model;
        Assert.AreEqual(NetworkArchitecture.RealMlp(Activation.Mish) with { HiddenSizes = [4] }, model.Architecture);
        Assert.AreEqual(0.15, ((StandardDropout)model.Recipe.Dropout!).DropProbability);
    }

    private (int BatchSize, int MaxEpochs) For(NeuralNetworkOptions options, LearningTask kind, long rows)
    {
        var plan = Plan(options, kind).For(rows, areEmbeddings: false);
        return (plan.BatchSize, plan.MaxEpochs);
    }

    private TrainingPlan Plan(NeuralNetworkOptions options, LearningTask kind) => NeuralNetworkOptionsCheck.Check(_ml, options, kind);
}
