using Microsoft.ML.Regularization.Tests.Networks;
using TorchSharp;
using static Microsoft.ML.Regularization.Tests.Trainers.SmallNetwork;

namespace Microsoft.ML.Regularization.Tests.Training.Optimizers;

/// <summary>What holds for every optimizer and every schedule, found by reflection.</summary>
[TestClass]
public sealed class OptimizationProtocol
{
    private static readonly Optimizer[] OtherOptimizers =
        [Optimizer.Sgd(momentum: 0.9), Optimizer.Sgd(momentum: 0.9, nesterov: true), Optimizer.RmsProp(momentum: 0.9)];

    internal static IEnumerable<object[]> Each =>
        Made<Optimizer>().Concat(OtherOptimizers).Select(optimizer => new object[] { Options with { Optimizer = optimizer } })
            .Concat(Made<LearningRateSchedule>().Select(schedule => new object[] { Options with { Schedule = schedule } }))
            .Append([Options with { Schedule = new ReduceOnPlateauSchedule { Patience = 1, Factor = 0.5, Threshold = 0.2 } }]);

    [TestMethod]
    [DoNotParallelize]
    [DynamicData(nameof(Each))]
    public void It_trains_repeats_itself_survives_a_file_and_leaves_no_tensor(NeuralNetworkOptions options)
    {
        var view = new MLContext().Rows(150);
        Train(options, view).Dispose();
        var tensors = LiveTensors.Settled();

        using var model = Train(options, view);
        var history = model.Model.History;
        Assert.IsLessThan(history.Epochs[0].TrainingLoss, history.Epochs[^1].TrainingLoss);

        using var again = Train(options, view);
        AssertEqual(Weights(model.Model), Weights(again.Model));
        Assert.AreEqual(tensors, torch.Tensor.TotalCount);

        using var file = new MemoryStream();
        new MLContext().Model.Save(model, view.Schema, file);
        file.Position = 0;
        AssertEqual(Scores(model.Transform(view)), Scores(new MLContext().Model.Load(file, out _).Transform(view)));
    }

    [TestMethod]
    public void Each_gives_weights_of_its_own()
    {
        // Schedules that do nothing in so few epochs aside: constant, a step after thirty of them, no plateau in ten.
        var view = new MLContext().Rows(150);
        var sums = Each.Select(row => (NeuralNetworkOptions)row[0])
            .Where(options => options.Schedule is not StepSchedule and not ReduceOnPlateauSchedule { Patience: > 1 } && (options.Schedule is not (null or ConstantSchedule) || options.Optimizer is not (null or AdamOptimizer)))
            .Append(Options)
            .Select(options => Weights(Train(options, view).Model).Sum(tensor => tensor.Sum(value => (double)value * value)))
            .ToList();
        Assert.HasCount(sums.Count, sums.Distinct().ToList());
        Assert.IsGreaterThan(10, sums.Count);
    }

    private static IEnumerable<T> Made<T>() =>
        typeof(T).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(T)) && !type.IsAbstract).Select(type => (T)Activator.CreateInstance(type)!);

    private static NeuralNetworkMulticlassTransformer Train(NeuralNetworkOptions options, IDataView view) =>
        new MLContext(seed: 4).Fit(options with { MaxEpochs = 12, Architecture = NetworkArchitecture.Mlp(12) }, view);
}
