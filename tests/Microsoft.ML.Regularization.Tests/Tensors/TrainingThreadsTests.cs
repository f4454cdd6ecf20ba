using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Trainers;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Tensors;

/// <summary>
/// Libtorch's number of threads is the process's for threads that are new to it; two is set here, though tests run with one, and put back. None runs beside
/// other tests.
/// </summary>
[TestClass]
[DoNotParallelize]
public sealed class TrainingThreadsTests
{
    private const int Usual = 2;

    private static readonly NetworkArchitecture Dense = NetworkArchitecture.Mlp(16);
    private static readonly NetworkArchitecture Convolutions = NetworkArchitecture.ConvNet(6, 8);

    // Of which the library computes those between maps itself.
    private static readonly NetworkArchitecture WideConvolutions = NetworkArchitecture.ResNet(8, 16);

    private readonly MLContext _ml = new(seed: 1);
    private int _before;

    [TestInitialize]
    public void SetUp()
    {
        _before = torch.get_num_threads();
        torch.set_num_threads(Usual);
    }

    [TestCleanup]
    public void Restore() => torch.set_num_threads(_before);

    [TestMethod]
    public void A_thread_has_its_own_number_while_it_is_held_and_what_it_had_before_after_it()
    {
        using (TorchThreads.Hold(1))
        {
            Assert.AreEqual(1, torch.get_num_threads());
            Assert.AreEqual(Usual, TorchThreads.Usual);
            Assert.AreEqual(Usual, OfNewThread());
            using (TorchThreads.Hold(3))
                Assert.AreEqual(3, torch.get_num_threads());
            Assert.AreEqual(1, torch.get_num_threads());
        }

        Assert.AreEqual(Usual, torch.get_num_threads());
        Assert.AreEqual(Usual, OfNewThread());
    }

    [TestMethod]
    public void A_network_of_products_trains_with_one_and_convolutions_with_the_usual_number_within_the_processors()
    {
        var usual = Math.Min(Usual, Environment.ProcessorCount);
        Assert.AreEqual(MatrixTile.IsWide ? 1 : usual, TrainingThreads.CountFor(Dense.TeamThreads, torch.CPU));
        Assert.AreEqual(usual, TrainingThreads.CountFor(Convolutions.TeamThreads, torch.CPU));
        Assert.IsGreaterThan(NetworkArchitecture.RealMlp().TeamThreads, Dense.TeamThreads);
        Assert.AreEqual(NetworkArchitecture.RealMlp().TeamThreads, (NetworkArchitecture.Mlp(3) with { Activation = Activation.GELU }).TeamThreads);

        torch.set_num_threads(1000);
        Assert.AreEqual(Environment.ProcessorCount, TrainingThreads.CountFor(Convolutions.TeamThreads, torch.CPU));

        // A fit that a fit's callback makes is not a fit of one thread for that.
        torch.set_num_threads(Usual);
        using (TrainingThreads.Hold(Dense.TeamThreads, torch.CPU))
            Assert.AreEqual(usual, TrainingThreads.CountFor(Convolutions.TeamThreads, torch.CPU));
    }

    [TestMethod]
    public void Waiting_threads_sleep_while_a_fit_computes_with_several()
    {
        Assert.IsFalse(SleepingTeam.IsThere);
        var isWanted = OpenMp.IsGnu && Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is null && Environment.ProcessorCount > 1;
        using (TrainingThreads.Hold(Convolutions.TeamThreads, torch.CPU))
        {
            Assert.AreEqual(isWanted, SleepingTeam.IsThere);
            TrainingThreads.Hold(Convolutions.TeamThreads, torch.CPU).Dispose();
            Assert.AreEqual(isWanted, SleepingTeam.IsThere);
        }

        Assert.IsFalse(SleepingTeam.IsThere);
        using (TorchThreads.Hold(1))
        using (TrainingThreads.Hold(NetworkArchitecture.Mlp(3).TeamThreads, torch.CPU))
            Assert.AreEqual(isWanted && !MatrixTile.IsWide, SleepingTeam.IsThere);
    }

    [TestMethod]
    public void Fits_at_once_give_the_bits_of_fits_alone_and_leave_the_process_as_it_was()
    {
        ArchitectureCase[] cases =
        [
            new(Convolutions, ArchitectureCase.Images), new(Dense, ArchitectureCase.Numbers), new(NetworkArchitecture.Lstm(8), ArchitectureCase.Sequences),
            new(NetworkArchitecture.ResNet(8, 4), ArchitectureCase.Images), new(WideConvolutions, ArchitectureCase.Images),
        ];
        var alone = cases.Select(one => Weights(one, () => { })).ToList();

        // All are in the midst of their fits when new threads ask, and when others of them begin and end.
        using var all = new Barrier(cases.Length);
        var (numbers, together) = (new int[cases.Length], new List<float[]>[cases.Length]);
        var fits = cases.Select((one, i) => new Thread(() => together[i] = Weights(one, () =>
        {
            all.SignalAndWait();
            numbers[i] = OfNewThread();
            all.SignalAndWait();
        }))).ToList();
        fits.ForEach(fit => fit.Start());
        fits.ForEach(fit => fit.Join());

        CollectionAssert.AreEqual(Enumerable.Repeat(Usual, cases.Length).ToArray(), numbers);
        Assert.AreEqual(Usual, OfNewThread());
        Assert.AreEqual(0, KeptMemory.Holders);
        Assert.IsFalse(SleepingTeam.IsThere);
        for (var i = 0; i < cases.Length; i++)
            SmallNetwork.AssertEqual(alone[i], together[i]);
    }

    [TestMethod]
    public void Fits_of_lone_threads_at_once_give_the_bits_of_one_after_another()
    {
        ArchitectureCase[] cases =
        [
            new(Dense, ArchitectureCase.Numbers), new(new RealMlpArchitecture { HiddenSizes = [9] }, ArchitectureCase.Numbers), new(Convolutions, ArchitectureCase.Images),
            new(WideConvolutions, ArchitectureCase.Images),
        ];
        using (ThreadTeam.UseAlone())
            Assert.AreEqual(1, TrainingThreads.CountFor(Convolutions.TeamThreads, torch.CPU));
        var inTurn = cases.Select(Alone).ToList();

        var atOnce = new List<float[]>[cases.Length];
        var fits = cases.Select((one, i) => new Thread(() => atOnce[i] = Alone(one))).ToList();
        fits.ForEach(fit => fit.Start());
        fits.ForEach(fit => fit.Join());
        for (var i = 0; i < cases.Length; i++)
            SmallNetwork.AssertEqual(inTurn[i], atOnce[i]);

        List<float[]> Alone(ArchitectureCase one)
        {
            using (ThreadTeam.UseAlone())
                return Weights(one, () => Assert.AreEqual(1, torch.get_num_threads()));
        }
    }

    [TestMethod]
    public void Scoring_leaves_the_callers_number_and_its_bits_do_not_depend_on_it()
    {
        var rows = _ml.Data.LoadFromEnumerable(InputExample.Of(80));
        var model = new ArchitectureCase(Convolutions, ArchitectureCase.Images).Trainer(LearningTask.MulticlassClassification, RegularizationRecipe.None, epochs: 1).Fit(rows);
        var scores = EveryTask.Scores(model, rows);
        Assert.AreEqual(Usual, torch.get_num_threads());

        torch.set_num_threads(1);
        SmallNetwork.AssertEqual(scores, EveryTask.Scores(model, rows));
        Assert.AreEqual(1, torch.get_num_threads());
        ((IDisposable)model).Dispose();
    }

    private List<float[]> Weights(ArchitectureCase one, Action inTheMidst)
    {
        var options = one.Options(RegularizationRecipe.None, epochs: 2) with
        {
            Seed = 1,
            Progress = new SmallNetwork.Callback(report =>
            {
                if (report.Epoch == 1)
                    inTheMidst();
            }),
        };
        return SmallNetwork.Weights(_ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(_ml.Data.LoadFromEnumerable(InputExample.Of(64))).Model);
    }

    private static int OfNewThread()
    {
        var number = 0;
        var thread = new Thread(() => number = torch.get_num_threads());
        thread.Start();
        thread.Join();
        return number;
    }
}
