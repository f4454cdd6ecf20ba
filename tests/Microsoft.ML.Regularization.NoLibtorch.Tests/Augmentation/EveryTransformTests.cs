using Microsoft.ML.Regularization.Tests;
using Microsoft.ML.Regularization.Tests.Augmentation;

namespace Microsoft.ML.Regularization.NoLibtorch.Tests;

[TestClass]
public sealed class EveryTransformTests
{
    private static IEnumerable<object[]> AllOptions => AugmentationCases.All.Select(options => new object[] { options });

    [TestMethod]
    [DynamicData(nameof(AllOptions))]
    public void It_augments_and_scores_where_there_is_no_libtorch(TrainingOnlyOptions options)
    {
        var ml = new MLContext(seed: 1);
        var rows = ml.Data.LoadFromEnumerable(Example.Clusters(100));
        Assert.IsGreaterThanOrEqualTo(100, ml.Data.Augment(rows, options).Preview(1000).RowView.Length);

        var pipeline = new TrainingOnlyEstimator(ml, options).Append(ml.Transforms.CopyColumns("Copy", "Features"));
        var others = ml.Data.LoadFromEnumerable(Example.Clusters(100, seed: 2));
        Assert.HasCount(100, pipeline.Fit(rows).Transform(others).Preview(1000).RowView);
    }
}
