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
            var plan = Plan(new(), kind);

            Assert.AreEqual(RegularizationRecipe.SmallDataset, plan.Recipe);
            Assert.AreEqual(Optimizer.Adam(), plan.Optimizer);
            Assert.AreEqual(LearningRateSchedule.Constant, plan.Schedule);
            Assert.AreEqual((1e-3, 64, 100, InputScaling.RobustSmoothClip, 0.2), (plan.LearningRate, plan.BatchSize, plan.MaxEpochs, plan.InputScaling, plan.ValidationFraction));
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
        Assert.AreEqual(Optimizer.Adam(beta2: 0.95), plan.Optimizer);
        Assert.AreEqual(new LogCosineSchedule(), plan.Schedule);
        Assert.AreEqual((hasClasses ? 0.04 : 0.2, 256, 256), (plan.LearningRate, plan.BatchSize, plan.MaxEpochs));
        Assert.AreEqual(NetworkArchitecture.RealMlp(hasClasses ? Activation.SELU : Activation.Mish), plan.Architecture);
        Assert.Contains("early stopping (" + plan.Recipe.EarlyStopping.Metric + ", to the last epoch)", plan.Recipe.ToString());
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

    private TrainingPlan Plan(NeuralNetworkOptions options, LearningTask kind) => NeuralNetworkOptionsCheck.Check(_ml, options, kind);
}
