using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Tensors;

/// <summary>None runs beside other tests, whose fits hold memory too.</summary>
[TestClass]
[DoNotParallelize]
public sealed partial class KeptMemoryTests
{
    private static readonly NeuralNetworkOptions Options = SmallNetwork.Options with { MaxEpochs = 2, Seed = 1, KeepMemory = true };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void A_fit_holds_memory_until_it_ends()
    {
        Assert.AreEqual(1, MostHolders(Options));
        Assert.AreEqual(0, KeptMemory.Holders);
    }

    [TestMethod]
    public void A_fit_that_is_told_so_holds_none() => Assert.AreEqual(0, MostHolders(Options with { KeepMemory = false }));

    [TestMethod]
    public void By_default_it_is_held_where_large_tensors_gain_by_it()
    {
        foreach (var architecture in ArchitectureCases.All.DistinctBy(one => one.Architecture.GetType()))
        {
            var most = 0;
            var options = architecture.Options(RegularizationRecipe.None, epochs: 1) with
            {
                Progress = new SmallNetwork.Callback(_ => most = KeptMemory.Holders),
            };
            _ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(_ml.Data.LoadFromEnumerable(InputExample.Of(12)));
            Assert.AreEqual(architecture.Architecture is ConvNetArchitecture or TransformerArchitecture or ResNetArchitecture or ImageNetResNetArchitecture ? 1 : 0, most, architecture.ToString());
        }
    }

    [TestMethod]
    public void What_the_program_has_set_up_is_left_alone()
    {
        const int Threshold = -3, Megabyte = 1 << 20;
        Require();
        KeptMemory.Hold().Dispose();
        try
        {
            Assert.AreEqual(1, SetOption(Threshold, 16 * Megabyte));
            using (KeptMemory.Hold())
                Assert.IsTrue(IsMapped(megabytes: 20));
            Assert.IsTrue(IsMapped(megabytes: 20));
        }
        finally
        {
            _ = SetOption(Threshold, 32 * Megabyte);
        }

        using (KeptMemory.Hold())
            Assert.IsFalse(IsMapped(megabytes: 40));
    }

    [TestMethod]
    public void A_fit_that_fails_lets_go()
    {
        Assert.ThrowsExactly<NotSupportedException>(() => _ml.Fit(Failing(), _ml.Rows(40)));
        Assert.AreEqual(0, KeptMemory.Holders);
    }

    [TestMethod]
    public void A_search_for_a_learning_rate_lets_go()
    {
        _ml.MulticlassClassification.Trainers.NeuralNetwork(Options).FindLearningRate(_ml.Rows(40), new LearningRateRange { Steps = 10 });
        Assert.AreEqual(0, KeptMemory.Holders);
    }

    [TestMethod]
    public void A_fit_inside_of_another_one_leaves_it_its_memory()
    {
        var (inner, after) = (0, 0);
        _ml.Fit(
            Options with
            {
                MaxEpochs = 1,
                Progress = new SmallNetwork.Callback(_ =>
                {
                    inner = MostHolders(Options);
                    after = KeptMemory.Holders;
                }),
            },
            _ml.Rows(40));
        Assert.AreEqual(2, inner);
        Assert.AreEqual(1, after);
        Assert.AreEqual(0, KeptMemory.Holders);
    }

    [TestMethod]
    public void Each_of_many_threads_that_hold_memory_counts_once_however_often_it_lets_go()
    {
        const int Count = 8;
        using var all = new Barrier(Count);
        var counts = new List<int>();
        var threads = Enumerable.Range(0, Count).Select(thread => new Thread(() =>
        {
            for (var i = 0; i < 50; i++)
            {
                var memory = KeptMemory.Hold();
                all.SignalAndWait();
                if (thread == 0)
                    counts.Add(KeptMemory.Holders);
                all.SignalAndWait();
                memory.Dispose();
                memory.Dispose();
                all.SignalAndWait();
                if (thread == 0)
                    counts.Add(KeptMemory.Holders);
                all.SignalAndWait();
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        CollectionAssert.AreEqual(Enumerable.Repeat(new[] { Count, 0 }, 50).SelectMany(pair => pair).ToList(), counts);
    }

    /// <summary>
    /// glibc marks a block that it has mapped alone, and will give back when it is freed, by the second bit of the size in front of it. A block of 300 MB
    /// is not found among those that were freed, and arenas of threads have none larger than 64 MB.
    /// </summary>
    [TestMethod]
    public void Large_blocks_are_mapped_alone_but_while_memory_is_held()
    {
        Require();
        KeptMemory.Hold().Dispose();
        Assert.IsTrue(IsMapped(megabytes: 300));
        using (KeptMemory.Hold())
        {
            KeptMemory.Hold().Dispose();
            Assert.IsFalse(IsMapped(megabytes: 40));
        }

        Assert.IsTrue(IsMapped(megabytes: 300));
    }

    [TestMethod]
    public unsafe void Memory_that_was_freed_goes_back_with_the_last_holder()
    {
        Require();
        const int Blocks = 64, Size = 4 << 20;
        const long Most = (long)Blocks * Size;
        long kept;
        var before = Environment.WorkingSet;
        using (KeptMemory.Hold())
        {
            var blocks = new nint[Blocks];
            for (var i = 0; i < Blocks; i++)
            {
                blocks[i] = (nint)NativeMemory.Alloc(Size);
                NativeMemory.Fill((void*)blocks[i], Size, 1);
            }

            foreach (var block in blocks)
                NativeMemory.Free((void*)block);
            kept = Environment.WorkingSet - before;
        }

        var left = Environment.WorkingSet - before;
        Assert.IsGreaterThan(Most * 3 / 4, kept);
        Assert.IsLessThan(Most / 8, left);
    }

    [TestMethod]
    public void Training_is_the_same_with_and_without_kept_memory()
    {
        var rows = _ml.Rows(200);
        var options = Options with
        {
            Architecture = NetworkArchitecture.ResNet(8, width: 4),
            ImageShape = new ImageShape(2, 2),
            Recipe = RegularizationRecipe.SmallDataset with { EarlyStopping = null },
        };
        var kept = _ml.Fit(options, rows);
        var returned = _ml.Fit(options with { KeepMemory = false }, rows);
        SmallNetwork.AssertEqual(SmallNetwork.Weights(kept.Model), SmallNetwork.Weights(returned.Model));
    }

    private static bool IsMapped(int megabytes) => GlibcAllocator.IsMappedAlone((long)megabytes << 20);

    private static void Require()
    {
        if (!GlibcAllocator.IsThere)
            Assert.Inconclusive("The allocator is not glibc's, or set up by the environment.");
    }

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);

    private static NeuralNetworkOptions Failing() => Options with { Progress = new SmallNetwork.Callback(_ => throw new NotSupportedException()) };

    private int MostHolders(NeuralNetworkOptions options)
    {
        var most = 0;
        _ml.Fit(options with { Progress = new SmallNetwork.Callback(_ => most = Math.Max(most, KeptMemory.Holders)) }, _ml.Rows(40));
        return most;
    }
}
