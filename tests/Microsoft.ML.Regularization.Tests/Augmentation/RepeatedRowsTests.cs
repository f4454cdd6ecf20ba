using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Augmentation;

/// <summary>Rows that augmentations repeat one behind another.</summary>
[TestClass]
public sealed class RepeatedRowsTests
{
    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<object[]> Cases
    {
        get
        {
            var copies = new EasyDataAugmentationOptions { TextColumnName = "Sentence", Copies = 3 };
            var pairs = new MixupOptions { LabelMode = LabelMode.WeightedPairs, LabelColumnName = "Target", Alpha = 1 };
            var otherPairs = pairs with { LabelColumnName = "Label" };
            return
            [
                [new TrainingOnlyOptions[] { copies, copies }, 16],
                [new TrainingOnlyOptions[] { pairs, pairs }, 4],
                [new TrainingOnlyOptions[] { pairs, otherPairs }, 4],
                [new TrainingOnlyOptions[] { copies, pairs }, 8],
                [new TrainingOnlyOptions[] { pairs, copies }, 8],
                [new TrainingOnlyOptions[] { copies, new HoldOutOptions(), copies, new RandomSwapOptions { TextColumnName = "Sentence" } }, null!],
                [new TrainingOnlyOptions[] { copies, pairs, copies }, 32],
            ];
        }
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Have_ids_of_their_own(TrainingOnlyOptions[] options, int? repetitions)
    {
        var view = options.Aggregate((IDataView)_ml.Data.LoadFromEnumerable(Example.Clusters(50)), (rows, next) => _ml.Data.Augment(rows, next.WithSeed(3)));
        var ids = view.Read().ConvertAll(row => row.Id);
        if (repetitions is { } factor)
            Assert.HasCount(50 * factor, ids);
        Assert.HasCount(ids.Count, ids.ToHashSet());
        CollectionAssert.IsSubsetOf(Enumerable.Range(0, 50).Select(i => new DataViewRowId((ulong)i, 0)).ToList(), ids, "a row itself keeps its own");
    }
}
