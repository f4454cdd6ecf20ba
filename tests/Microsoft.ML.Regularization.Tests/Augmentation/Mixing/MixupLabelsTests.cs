using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Mixing;

/// <summary>What becomes of labels and weights when rows are mixed.</summary>
[TestClass]
public sealed class MixupLabelsTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Boolean_labels_become_two_named_classes()
    {
        var mixed = _ml.Data.Augment(_ml.Data.LoadFromEnumerable(Example.Clusters(100)), new MixupOptions { Alpha = 1, LabelColumnName = "Flag" });
        VBuffer<ReadOnlyMemory<char>> names = default;
        mixed.Schema["Flag"].GetSlotNames(ref names);
        CollectionAssert.AreEqual(new[] { "False", "True" }, names.DenseValues().Select(name => name.ToString()).ToArray());
        var rows = mixed.Read("Flag");
        Assert.IsTrue(rows.All(row => Math.Abs(row.Label.Sum() - 1) < 1e-6 && row.Label.Length == 2));
        Assert.IsGreaterThan(10, rows.Count(row => row.Label[0] is > 0 and < 1));
    }

    [TestMethod]
    public void Targets_of_a_regression_stay_numbers()
    {
        // The target is the sum of the features, which mixing keeps.
        var rows = _ml.Data.Augment(_ml.Data.LoadFromEnumerable(Example.Clusters(100)), new MixupOptions { Alpha = 1, LabelColumnName = "Target" }).Read("Target");
        foreach (var row in rows)
            Assert.AreEqual(row.Features.Sum(), row.Label.Single(), 1e-4);
    }

    [TestMethod]
    public void Soft_labels_mix_and_keep_their_mass()
    {
        var rows = _ml.Data.Augment(_ml.Data.LoadFromEnumerable(Example.Clusters(100)), new MixupOptions { Alpha = 1, LabelColumnName = "Soft" }).Read("Soft");
        Assert.IsTrue(rows.All(row => Math.Abs(row.Label.Sum() - 1) < 1e-6));
        Assert.IsGreaterThan(10, rows.Count(row => row.Label.All(share => share > 0)), "mixtures of different classes touch all three");
    }

    [TestMethod]
    public void Class_names_and_values_of_a_key_survive()
    {
        var view = _ml.Transforms.Conversion.MapValueToKey("Label", "Weight").Fit(_ml.Data.LoadFromEnumerable(Example.Clusters(20)))
            .Transform(_ml.Data.LoadFromEnumerable(Example.Clusters(20)));
        var label = _ml.Data.Augment(view, new MixupOptions()).Schema["Label"];
        VBuffer<ReadOnlyMemory<char>> names = default;
        label.GetSlotNames(ref names);
        CollectionAssert.AreEqual(new[] { "0.5", "1.5" }, names.DenseValues().Select(name => name.ToString()).ToArray());
        VBuffer<float> values = default;
        label.Annotations.GetValue("TrainingLabelValues", ref values);
        CollectionAssert.AreEqual(new[] { 0.5f, 1.5f }, values.DenseValues().ToArray());
    }

    [TestMethod]
    public void Weights_of_soft_rows_are_mixed_where_they_are_named()
    {
        var rows = _ml.Data.Augment(_ml.Data.LoadFromEnumerable(Example.Clusters(200)), new MixupOptions { Alpha = 1, ExampleWeightColumnName = "Weight" }).Read();
        Assert.IsTrue(rows.All(row => row.Weight is > 0.4999f and < 1.5001f));
        Assert.IsGreaterThan(50, rows.Count(row => row.Weight is > 0.51f and < 1.49f));
    }
}
