using Microsoft.ML.Regularization.Tests.Trainers;
using Microsoft.ML.Regularization.Tests.Training.Checkpoints;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Tests.Ensembles.Packs;

[TestClass]
public sealed class PackMemoryTests
{
    private const double Megabyte = 1 << 18;

    // One network at a time takes 7 MB, each more 3.
    private static readonly PackMemory Memory = new(Rows: Megabyte, Snapshots: 2 * Megabyte, Start: Megabyte, Member: 3 * Megabyte);

    /// <summary>Four networks, of which 6 MB have room for one at a time.</summary>
    private static readonly NeuralNetworkOptions Options = new()
    {
        Architecture = new RealMlpArchitecture { HiddenSizes = [256, 256] },
        Pack = new PackOptions { Members = 4, MaxSnapshots = 2, FirstMembers = 1, Draws = PackDraws.LearningRate | PackDraws.WeightDecay },
        MaxEpochs = 4,
        BatchSize = 32,
        Seed = 3,
    };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(null, "16")]
    [DataRow(100, "16")]
    [DataRow(52, "16")]
    [DataRow(51, "8 8")]
    [DataRow(13, "3 3 3 3 3 1")]
    [DataRow(7, "1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1")]
    public void As_many_train_at_once_as_there_is_room_for(int? bound, string sizes)
    {
        var waves = Waves(bound, limit: null);
        Assert.AreEqual(sizes, string.Join(" ", waves.Select(wave => wave.Length)));
        CollectionAssert.AreEqual(Enumerable.Range(0, 16).ToList(), waves.SelectMany(wave => wave).Select(member => member.Number).ToList());
    }

    [TestMethod]
    public void Within_a_time_limit_there_is_one_wave_and_who_is_left_out_is_said()
    {
        var log = new LogRecorder(_ml);
        Assert.HasCount(3, Waves(bound: 13, TimeSpan.FromMinutes(1)).Single());
        Assert.Contains("room for 3 of 16 networks", log.Warnings.Single());
    }

    [TestMethod]
    public void Less_than_one_network_takes_is_refused_with_the_least()
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Waves(bound: 6, limit: null));
        Assert.Contains("Pack.MaxMegabytes is 6, but training one network at a time takes 7: 1 for the rows, 2 for snapshots, 4 for the network. Raise it to 7", error.Message);
    }

    [TestMethod]
    public void Networks_become_the_same_in_waves()
    {
        var log = new LogRecorder(_ml);
        var (atOnce, inWaves) = (Fit(Options).History, Fit(Bounded).History);
        Assert.Contains(message => message.Contains("trained in 4 waves", StringComparison.Ordinal), log.Messages);
        Assert.HasCount(4, atOnce.Epochs);
        Assert.HasCount(16, inWaves.Epochs);
        CollectionAssert.AreEqual(Enumerable.Range(1, 16).ToList(), inWaves.Epochs.Select(epoch => epoch.Epoch).ToList());
        for (var member = 0; member < 4; member++)
            Assert.AreEqual(atOnce.Pack!.Members[member] with { Snapshots = 0, Share = 0 }, inWaves.Pack!.Members[member] with { Snapshots = 0, Share = 0 });
        Assert.IsLessThanOrEqualTo(inWaves.Pack!.Members.Min(member => member.BestLoss!.Value) + 1e-6, inWaves.Pack!.EnsembleLoss!.Value);
    }

    [TestMethod]
    public void What_is_interrupted_in_a_later_wave_goes_on_to_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        var expected = Fit(Bounded);
        var options = Bounded with { Checkpoints = new CheckpointOptions { Folder = folder.Path } };
        using (var cancellation = new CancellationTokenSource())
        {
            var history = Fit(options with { CancellationToken = cancellation.Token, Progress = new SmallNetwork.Callback(report => Cancel(report, cancellation)) }).History;
            Assert.AreEqual(StopReason.Cancelled, history.StopReason);
            Assert.HasCount(6, history.Epochs);
            Assert.HasCount(2, history.Pack!.Members);
        }

        foreach (var _ in new[] { "goes on", "has ended" })
        {
            var resumed = Fit(options);
            SmallNetwork.AssertEqual(SmallNetwork.Weights(expected), SmallNetwork.Weights(resumed));
            Assert.AreEqual(expected.History.Pack, resumed.History.Pack);
        }

        static void Cancel(EpochReport report, CancellationTokenSource cancellation)
        {
            if (report is { Epoch: 2, Member: 2 })
                cancellation.Cancel();
        }
    }

    private static NeuralNetworkOptions Bounded => Options with { Pack = Options.Pack! with { MaxMegabytes = 6 } };

    private NeuralNetworkMulticlassModelParameters Fit(NeuralNetworkOptions options) => _ml.Fit(options, _ml.Rows(300)).Model;

    private IReadOnlyList<PackMember[]> Waves(int? bound, TimeSpan? limit)
    {
        var host = ((IHostEnvironment)_ml).Register("Test");
        using var channel = host.Start("Test");
        return Memory.Waves(host, channel, [.. Enumerable.Range(0, 16).Select(number => new PackMember(number, Cohorts.SmallCohort.Settings, patience: 1))], bound, limit);
    }
}
