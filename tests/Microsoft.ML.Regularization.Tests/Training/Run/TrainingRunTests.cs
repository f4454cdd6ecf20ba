using Microsoft.ML.Regularization.Tests.Training.Optimizers;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Training.Run;

[TestClass]
public sealed class TrainingRunTests
{
    /// <summary>
    /// On another device the flat tensors are worked on by torch calls. Made to do so on the CPU, a whole run gives the weights of the managed
    /// kernels.
    /// </summary>
    [TestMethod]
    public void Torch_calls_train_like_the_managed_kernels()
    {
        foreach (var (clipping, dropout, averaging) in new (GradientClipping, Dropout, WeightAveraging)[]
        {
            (GradientClipping.ByNorm(0.5), new StandardDropout(0.2), WeightAveraging.Exponential(0.9)),
            (GradientClipping.ByValue(0.05), new DropConnect(0.2), WeightAveraging.Stochastic(0.5)),
            (GradientClipping.Adaptive(0.02), new VariationalDropout(), WeightAveraging.Exponential(0.9)),
        })
        {
            AssertTrainsAlike(clipping, Optimizer.Adam(), learningRate: 0.01, penalizesBiases: false, dropout, averaging);
        }
    }

    public static IEnumerable<object[]> Optimizers => ParameterUpdateTests.Each;

    [TestMethod]
    [DynamicData(nameof(Optimizers))]
    public void Torch_calls_train_like_the_managed_kernels_under_every_optimizer(Optimizer optimizer)
    {
        foreach (var penalizesBiases in new[] { false, true })
            AssertTrainsAlike(
                GradientClipping.ByNorm(2), optimizer, optimizer is RmsPropOptimizer ? 0.002 : 0.01, penalizesBiases, new StandardDropout(0.2), WeightAveraging.Exponential(0.9));
    }

    private static void AssertTrainsAlike(
        GradientClipping clipping, Optimizer optimizer, double learningRate, bool penalizesBiases, Dropout dropout, WeightAveraging averaging)
    {
        var (managed, managedHistory) = Train(useSpans: true, clipping, optimizer, learningRate, penalizesBiases, dropout, averaging);
        var (calls, callsHistory) = Train(useSpans: false, clipping, optimizer, learningRate, penalizesBiases, dropout, averaging);
        foreach (var (a, b) in managed.Tensors.Zip(calls.Tensors))
        {
            Assert.AreEqual(a.Name, b.Name);
            for (var i = 0; i < a.Values.Length; i++)
                Assert.AreEqual(a.Values.Span[i], b.Values.Span[i], 2e-4, $"{a.Name}[{i}]");
        }

        foreach (var (a, b) in managedHistory.Epochs.Zip(callsHistory.Epochs))
        {
            Assert.AreEqual(a.TrainingLoss, b.TrainingLoss, 1e-4);
            Assert.AreEqual(a.GradientNorm, b.GradientNorm, 1e-3);
        }
    }

    private static (NetworkWeights, TrainingHistory) Train(
        bool useSpans, GradientClipping clipping, Optimizer optimizer, double learningRate, bool penalizesBiases, Dropout dropout, WeightAveraging averaging)
    {
        var ml = new MLContext(seed: 1);
        var host = ((IHostEnvironment)ml).Register("Test");
        using var channel = host.Start("Test");
        var view = ml.Data.LoadFromEnumerable(Example.Clusters(120));
        var columns = new TrainingColumns(host, view.Schema, LearningTask.MulticlassClassification, InputRequests.Of("Features"), "Label", "Weight");
        var data = new TrainingSet(host, channel, view, columns, RandomKey.FromSeed(1));
        data.Load(validationSet: null, fraction: 0.2);
        using var run = new TrainingRun(host, channel, data, new TrainingSettings
        {
            // Not batch normalization: the biases before it have gradients of pure rounding noise, which Adam blows up to full steps.
            Architecture = NetworkArchitecture.Mlp(16) with { Normalization = Normalization.Layer },
            Recipe = RegularizationRecipe.None with
            {
                WeightDecay = 0.1,
                L2 = 0.01,
                L1 = 0.01,
                PenalizeBiases = penalizesBiases,
                MaxNorm = 0.8,
                WeightAveraging = averaging,
                SharpnessAware = new(),
                LabelSmoothing = 0.1,
                Dropout = dropout,
                GradientClipping = clipping,
            },
            MaxEpochs = 8,
            BatchSize = 32,
            Optimizer = optimizer,
            LearningRate = learningRate,
            Schedule = LearningRateSchedule.Constant,
            Key = RandomKey.FromSeed(1),
            Device = torch.CPU,
            UseSpans = useSpans,
        });
        var outcome = run.Train(channel);
        return (outcome.Weights, outcome.History);
    }
}
