using System.Runtime.Intrinsics;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Training;

/// <summary>Fits whose large products are MKL's. The switch is the process's: none runs beside other tests.</summary>
[TestClass]
[DoNotParallelize]
[OSCondition(OperatingSystems.Linux)]
public sealed class MklTrainingTests
{
    private static readonly NeuralNetworkOptions Wide = SmallNetwork.Options with
    {
        Architecture = NetworkArchitecture.Mlp(1024, 1024),
        Recipe = RegularizationRecipe.None with { Dropout = new StandardDropout(0.2) },
        MaxEpochs = 2,
        BatchSize = 256,
        LearningRate = 1e-4,
        Seed = 3,
    };

    private readonly MLContext _ml = new(seed: 1);

    [TestCleanup]
    public void Restore() => Set(null);

    [TestMethod]
    public void The_processor_decides_unless_the_switch_does()
    {
        Assert.AreEqual(IsOfIntel() && Vector512.IsHardwareAccelerated && Environment.ProcessorCount <= 4 && MklProducts.IsThere, MklProducts.OfTraining() is not null);
        Set(true);
        Assert.AreEqual(MklProducts.IsThere, MklProducts.OfTraining() is not null);
        Set(false);
        Assert.IsNull(MklProducts.OfTraining());
    }

    [TestMethod]
    public void Threads_change_no_bit_and_losses_are_those_of_the_own_product()
    {
        if (!MklProducts.IsThere)
            Assert.Inconclusive("This libtorch has no MKL.");

        Set(false);
        var (own, ownLosses) = Fit(threads: 2);
        Set(true);
        var (alone, losses) = Fit(threads: 1);
        SmallNetwork.AssertEqual(alone, Fit(threads: 2).Weights);
        SmallNetwork.AssertEqual(alone, Fit(threads: 3).Weights);

        // It sums in another order.
        Assert.IsTrue(own.Zip(alone).Any(pair => !pair.First.SequenceEqual(pair.Second)));
        for (var i = 0; i < losses.Count; i++)
            Assert.AreEqual(ownLosses[i], losses[i], 1e-4 * ownLosses[i], $"epoch {i + 1}");
    }

    [TestMethod]
    public void Scores_are_those_of_the_own_product()
    {
        Set(true);
        var rows = _ml.Rows(1200);
        using var model = _ml.Fit(Wide with { MaxEpochs = 1 }, rows);
        var scores = SmallNetwork.Scores(model.Transform(rows));

        Set(false);
        SmallNetwork.AssertEqual(scores, SmallNetwork.Scores(model.Transform(rows)));
    }

    private (List<float[]> Weights, List<double> Losses) Fit(int threads)
    {
        var losses = new List<double>();
        var options = Wide with
        {
            Progress = new SmallNetwork.Callback(report =>
            {
                // A callback may score, too.
                Assert.IsNull(HeldLibrary.OfThread);
                losses.Add(report.TrainingLoss);
            }),
        };
        using var team = new ThreadTeam(threads);
        using var held = ThreadTeam.Use(team);
        using var model = _ml.Fit(options, _ml.Rows(512));
        return (SmallNetwork.Weights(model.Model), losses);
    }

    private static void Set(bool? isWanted) => AppContext.SetData(MklProducts.Switch, isWanted?.ToString());

    private static bool IsOfIntel() => File.ReadLines("/proc/cpuinfo").Any(line => line.StartsWith("vendor_id", StringComparison.Ordinal) && line.EndsWith("GenuineIntel", StringComparison.Ordinal));
}
