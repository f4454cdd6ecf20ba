using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Mixing;

[TestClass]
public sealed class MixupTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(0.5)]
    [DataRow(1.0)]
    [DataRow(2.0)]
    public void Lambda_follows_the_beta_distribution(double alpha)
    {
        // Every row is a class of its own, so a mixed label shows the row's lambda at the row's own class.
        const int rows = 400;
        var view = OwnClasses.View(_ml, rows);
        var mixed = _ml.Data.Augment(view, new MixupOptions { Alpha = alpha });
        var lambdas = new List<double>();
        for (var pass = 0; pass < 25; pass++)
        {
            foreach (var row in mixed.InPass(pass).Read())
            {
                // A row that met itself shows nothing.
                if (row.Label[row.Source] < 1)
                    lambdas.Add(row.Label[row.Source]);
            }
        }

        Assert.IsGreaterThan(9500, lambdas.Count);
        lambdas.Sort();
        var distance = lambdas.Select((lambda, i) => Math.Abs(BetaCdf(lambda, alpha) - (i + 0.5) / lambdas.Count)).Max();
        Assert.IsLessThan(1.95 / Math.Sqrt(lambdas.Count), distance, "Kolmogorov-Smirnov, 0.1 % level");
    }

    [TestMethod]
    public void Every_mixed_row_lies_on_the_line_between_its_parents()
    {
        const int rows = 300;
        var parents = OwnClasses.View(_ml, rows).Read();
        foreach (var row in _ml.Data.Augment(OwnClasses.View(_ml, rows), new MixupOptions { Alpha = 0.7 }).Read())
        {
            var ownShare = row.Label[row.Source];
            var partner = Array.FindIndex(row.Label, (share) => share > 0 && share != ownShare);
            partner = partner < 0 ? row.Source : partner;
            Assert.AreEqual(1, row.Label.Sum(), 1e-6);
            for (var i = 0; i < Example.FeatureCount; i++)
            {
                var (x, y) = (parents[row.Source].Features[i], parents[partner].Features[i]);
                Assert.AreEqual(ownShare * x + (1 - ownShare) * y, row.Features[i], 1e-5);
                Assert.IsInRange(Math.Min(x, y) - 1e-6f, Math.Max(x, y) + 1e-6f, row.Features[i]);
            }
        }
    }

    [TestMethod]
    [DataRow(LabelMode.Soft, true)]
    [DataRow(LabelMode.Soft, false)]
    [DataRow(LabelMode.WeightedPairs, true)]
    [DataRow(LabelMode.WeightedPairs, false)]
    public void A_view_gives_the_same_rows_to_every_cursor(LabelMode mode, bool isCached)
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(500));
        var mixed = _ml.Data.Augment(isCached ? _ml.Data.Cache(view) : view, new MixupOptions { Alpha = 1, LabelMode = mode });
        var serial = mixed.Read();

        CollectionAssert.AreEqual(serial, mixed.Read());
        CollectionAssert.AreEquivalent(serial, mixed.ReadInParallel(4));
        Assert.HasCount(serial.Count, serial.Select(row => row.Id).Distinct(), "row ids are unique");

        CollectionAssert.AreEquivalent(serial, mixed.Read(rand: new Random(5)), "a Random changes the order at most");
        CollectionAssert.AreEquivalent(serial, mixed.ReadInParallel(4, rand: new Random(5)));

        var pass = mixed.InPass(5).Read();
        CollectionAssert.AreEqual(pass, mixed.InPass(5).Read());
        CollectionAssert.AreEquivalent(pass, mixed.InPass(5).ReadInParallel(4));
        if (mode == LabelMode.Soft)
            Assert.AreNotEqual(Checksum(serial), Checksum(pass), "a pass of its own mixes anew");
        else
            CollectionAssert.AreEqual(serial, pass, "trainers that take pairs count on the same rows in every pass");
    }

    [TestMethod]
    public void A_mixture_does_not_depend_on_the_columns_that_are_read()
    {
        var mixed = _ml.Data.Augment(_ml.Data.LoadFromEnumerable(Example.Clusters(200)), new MixupOptions { Alpha = 1 });
        var all = mixed.Read();
        using var cursor = mixed.GetRowCursor([mixed.Schema["Features"]]);
        var getter = cursor.GetGetter<VBuffer<float>>(cursor.Schema["Features"]);
        foreach (var row in all)
        {
            Assert.IsTrue(cursor.MoveNext());
            VBuffer<float> features = default;
            getter(ref features);
            CollectionAssert.AreEqual(row.Features, features.DenseValues().ToArray());
        }
    }

    [TestMethod]
    public void Weighted_pairs_have_the_loss_of_soft_labels_for_any_model()
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(300));
        var soft = _ml.Data.Augment(view, new MixupOptions { Alpha = 0.5, ExampleWeightColumnName = "Weight" }).Read();
        var pairs = _ml.Data.Augment(view, new MixupOptions { Alpha = 0.5, LabelMode = LabelMode.WeightedPairs }).Read();

        var random = new Random(3);
        var model = Enumerable.Range(0, Example.ClassCount)
            .Select(_ => Enumerable.Range(0, Example.FeatureCount).Select(_ => random.NextDouble() - 0.5).ToArray())
            .ToArray();
        var softLoss = soft.Sum(row => row.Weight * row.Label.Select((share, k) => share * Loss(row.Features, k)).Sum());
        var pairLoss = pairs.Sum(row => row.Weight * Loss(row.Features, (int)row.Label[0] - 1));
        Assert.AreEqual(1, pairLoss / softLoss, 1e-5);
        Assert.AreEqual(soft.Sum(row => row.Weight), pairs.Sum(row => row.Weight), 0.01);
        Assert.HasCount(600, pairs);

        double Loss(float[] features, int label)
        {
            var logits = model.Select(weights => weights.Zip(features, (w, x) => w * x).Sum()).ToArray();
            return Math.Log(logits.Sum(Math.Exp)) - logits[label];
        }
    }

    [TestMethod]
    public void Alpha_or_probability_zero_is_the_identity()
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(50));
        foreach (var options in new[] { new MixupOptions { Alpha = 0 }, new MixupOptions { Probability = 0 } })
        {
            CollectionAssert.AreEqual(view.Read(), _ml.Data.Augment(view, options).Read());
            CollectionAssert.AreEqual(view.Read(), _ml.Data.Augment(view, options with { LabelMode = LabelMode.WeightedPairs }).Read());
        }
    }

    [TestMethod]
    public void Probability_is_the_share_of_mixed_rows()
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(4000));
        var original = view.Read();
        var mixed = _ml.Data.Augment(view, new MixupOptions { Alpha = 1, Probability = 0.3 }).Read();
        var changed = original.Zip(mixed, (before, after) => !before.Features.SequenceEqual(after.Features)).Count(isChanged => isChanged);
        Assert.AreEqual(0.3, changed / 4000.0, 0.03);
    }

    [TestMethod]
    public void Sparse_rows_mix_like_dense_ones()
    {
        const int size = 40;
        var random = new Random(2);
        var dense = Enumerable.Range(0, 200).Select(id => new SparseExample
        {
            Id = id,
            Features = new VBuffer<float>(size, Values(() => random.NextDouble() < (id % 3 == 0 ? 0.6 : 0.05) ? random.NextSingle() : 0)),
            Label = (uint)(id % 3),
        }).ToList();
        var sparse = dense.ConvertAll(row =>
        {
            var values = row.Features.DenseValues().Select((value, index) => (value, index)).Where(pair => pair.value != 0).ToArray();
            var features = new VBuffer<float>(size, values.Length, [.. values.Select(pair => pair.value)], [.. values.Select(pair => pair.index)]);
            return new SparseExample { Id = row.Id, Features = row.Id % 5 == 0 ? row.Features : features, Label = row.Label };
        });

        var definition = SchemaDefinition.Create(typeof(SparseExample));
        definition["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, size);
        var options = new MixupOptions { Alpha = 1 };
        var fromDense = _ml.Data.Augment(_ml.Data.LoadFromEnumerable(dense, definition), options).Read();
        var fromSparseView = _ml.Data.Augment(_ml.Data.LoadFromEnumerable(sparse, definition), options);
        var fromSparse = fromSparseView.Read();
        for (var i = 0; i < fromDense.Count; i++)
        {
            for (var j = 0; j < size; j++)
                Assert.AreEqual(fromDense[i].Features[j], fromSparse[i].Features[j], 1e-6);
            CollectionAssert.AreEqual(fromDense[i].Label, fromSparse[i].Label);
        }

        Assert.IsTrue(fromSparseView.GetColumn<VBuffer<float>>("Features").Any(features => !features.IsDense), "two sparse parents have a sparse child");

        float[] Values(Func<double> value) => [.. Enumerable.Range(0, size).Select(_ => (float)value())];
    }

    [TestMethod]
    public void A_bad_row_does_not_spoil_others()
    {
        var rows = Example.Clusters(200);
        for (var i = 0; i < rows.Count; i += 10)
            rows[i].Features[1] = i % 20 == 0 ? float.NaN : float.PositiveInfinity;
        for (var i = 5; i < rows.Count; i += 10)
            rows[i].Label = Example.ClassCount;
        foreach (var row in _ml.Data.Augment(_ml.Data.LoadFromEnumerable(rows), new MixupOptions { Alpha = 1 }).Read())
        {
            for (var j = 0; j < Example.FeatureCount; j++)
                Assert.IsTrue(float.IsFinite(row.Features[j]) || j == 1);
            Assert.AreEqual(row.Source % 10 == 5, row.Label.All(float.IsNaN));
        }
    }

    [TestMethod]
    public void Seeds_decide_the_mixture()
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(100));
        var first = Checksum(_ml.Data.Augment(view, new MixupOptions { Alpha = 1, Seed = 7 }).Read());
        Assert.AreEqual(first, Checksum(new MLContext(seed: 99).Data.Augment(view, new MixupOptions { Alpha = 1, Seed = 7 }).Read()));
        Assert.AreNotEqual(first, Checksum(_ml.Data.Augment(view, new MixupOptions { Alpha = 1, Seed = 8 }).Read()));
        Assert.AreEqual(
            Checksum(_ml.Data.Augment(view, new MixupOptions { Alpha = 1 }).Read()),
            Checksum(new MLContext(seed: 1).Data.Augment(view, new MixupOptions { Alpha = 1 }).Read()));
    }

    [TestMethod]
    public void The_schema_promised_to_later_estimators_is_the_schema_of_the_rows()
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(30));
        foreach (var label in new[] { "Label", "Flag", "Target", "Soft" })
        {
            foreach (var mode in Enum.GetValues<LabelMode>())
            {
                var options = new MixupOptions { LabelColumnName = label, LabelMode = mode, ExampleWeightColumnName = mode == LabelMode.Soft ? null : "MixWeight" };
                var promised = _ml.Transforms.Mixup(options).GetOutputSchema(SchemaShapes.Of(view.Schema));
                SchemaShapes.AssertEqual(SchemaShapes.Of(_ml.Data.Augment(view, options).Schema), promised);
            }
        }
    }

    private static double Checksum(IEnumerable<ReadRow> rows) => rows.Sum(row => row.Features.Sum(value => (double)value * value) * (row.Source + 1));

    private static double BetaCdf(double x, double alpha) => alpha switch
    {
        0.5 => 2 / Math.PI * Math.Asin(Math.Sqrt(x)),
        1 => x,
        2 => 3 * x * x - 2 * x * x * x,
        _ => throw new ArgumentOutOfRangeException(nameof(alpha)),
    };

    private sealed class SparseExample
    {
        public int Id { get; set; }

        public VBuffer<float> Features { get; set; }

        [KeyType(3)]
        public uint Label { get; set; }

        public float Weight { get; set; } = 1;
    }
}
