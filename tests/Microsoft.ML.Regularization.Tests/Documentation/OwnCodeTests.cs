using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Documentation;

[TestClass]
public sealed class OwnCodeTests
{
    [TestMethod]
    public void The_page_s_loss_penalty_and_augmentation_train_an_upper_quantile()
    {
        var ml = new MLContext(seed: 1);
        var random = new Random(1);
        var rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 800).Select(_ =>
        {
            float[] place = [2 * random.NextSingle() - 1, 2 * random.NextSingle() - 1];
            return new Place { Features = place, Label = place[0] + random.NextSingle() };
        }).ToList());

        var scored = OwnCodeSnippets.Trainer(ml).Fit(rows).Transform(rows);
        var share = scored.GetColumn<float>("Label").Zip(scored.GetColumn<float>("Score"), (label, score) => label <= score ? 1.0 : 0).Average();
        Assert.AreEqual(0.9, share, 0.05);
    }

    public sealed class Place
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
