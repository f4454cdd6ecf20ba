using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Training.Data;

[TestClass]
public sealed class ConstantMemoryTests
{
    private const int Rows = 2_000_000;
    private const int PoolRows = 10_000;

    private static readonly NeuralNetworkOptions Options = new()
    {
        Architecture = NetworkArchitecture.Mlp(8),
        Recipe = RegularizationRecipe.None,
        MaxEpochs = 1,
        BatchSize = 8192,
        ShufflePoolRows = PoolRows,
        RowCaching = new RowCaching { CachedPoolRows = PoolRows },
        DataCaching = DataCaching.None,
    };

    private readonly MLContext _ml = new(seed: 1);

    /// <summary>In memory they take 48 megabytes, without the room to grow.</summary>
    [TestMethod]
    [DoNotParallelize]
    public void Two_million_rows_that_are_streamed_take_no_memory_and_train_what_they_train_from_memory()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        var view = new GeneratedView(Rows)
        {
            Read = row =>
            {
                if (row % (Rows / 2) == Rows / 2 - 1)
                    most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            },
        };
        NeuralNetworkMulticlassTransformer? streamed = null;
        var left = LiveTensors.LeftBy(() => streamed = _ml.Fit(Options, view));
        Assert.AreEqual(0, left);
        // The pool and its batches, and a sample of 100,000 rows for the scale of the inputs: half a megabyte, and four with room to grow.
        Assert.IsLessThan(8_000_000, most);

        var cached = _ml.Fit(Options with { DataCaching = DataCaching.Memory }, new GeneratedView(Rows));
        SmallNetwork.AssertEqual(SmallNetwork.Weights(cached.Model), SmallNetwork.Weights(streamed!.Model));
        Assert.AreEqual(Rows, streamed.Model.History.TrainingRows);
    }

    /// <summary>Of an epoch's second half, validation included: batches allocate a little, and nothing else does.</summary>
    [TestMethod]
    public void A_row_that_is_streamed_allocates_nothing()
    {
        const int Count = 400_000;
        var (middle, most) = (0L, 0L);
        var view = new GeneratedView(Count)
        {
            Read = row =>
            {
                if (row == Count / 2)
                    middle = GC.GetAllocatedBytesForCurrentThread();
                else if (row == Count - 1)
                    most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - middle);
            },
        };
        _ml.Fit(Options with { ValidationFraction = 0.05 }, view);
        Assert.IsLessThan(8.0, most / (Count / 2.0), "bytes a row");
        Assert.IsGreaterThan(0L, most);
    }
}
