namespace Microsoft.ML.Regularization.Tests.Augmentation;

/// <summary>A source that fails once, as a network drive does, is read again when rows are next asked for.</summary>
[TestClass]
public sealed class FailedReadTests
{
    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<object[]> AllOptions => TrainingOnlyProtocol.AllOptions.Select(options => new object[] { options });

    [TestMethod]
    [DynamicData(nameof(AllOptions))]
    public void A_failed_first_read_is_not_kept(TrainingOnlyOptions options)
    {
        var failures = 1;
        var view = _ml.Data.Augment(_ml.Data.LoadFromEnumerable(Rows()), options);
        Assert.Throws<Exception>(() => view.Read());
        CollectionAssert.AreEqual(_ml.Data.Augment(_ml.Data.LoadFromEnumerable(Example.Clusters(60)), options).Read(), view.Read());

        IEnumerable<Example> Rows()
        {
            foreach (var row in Example.Clusters(60))
            {
                if (row.Id == 30 && failures-- > 0)
                    throw new IOException("The drive is gone.");
                yield return row;
            }
        }
    }
}
