using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Mixing;

/// <summary>Categories beside the features in mixtures of rows.</summary>
[TestClass]
public sealed class CategoryMixingTests
{
    private static readonly ValueList<string> All = ["Key", "Keys", "Text", "Texts"];

    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<object[]> Kinds => Options.Select(options => new object[] { options });

    private static MixingOptions[] Options =>
    [
        new MixupOptions { Alpha = 1, CategoricalColumnNames = All },
        new MixupOptions { Alpha = 0.2, CategoricalColumnNames = All },
        new CutMixOptions { Shape = new ImageShape(2, 2), CategoricalColumnNames = All },
        new FeatureSwapOptions { Rate = 0.4, MixLabels = true, CategoricalColumnNames = All },
    ];

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void The_expected_code_of_a_category_is_the_mixture_of_both(MixingOptions options)
    {
        // Where a category is the partner's with the partner's share of the label as probability, the one-hot code is lambda e_i + (1 - lambda) e_j on average.
        var mixed = Passes(options, 20).Where(row => row.Partner is not null).ToList();
        Assert.IsGreaterThan(1500, mixed.Count);
        for (var category = 0; category < mixed[0].Told.Length; category++)
        {
            var total = 0.0;
            foreach (var isMostlyOwn in new[] { true, false })
            {
                var (excess, variance) = (0.0, 0.0);
                foreach (var row in mixed.Where(row => row.OwnShare >= 0.5 == isMostlyOwn))
                {
                    Assert.IsTrue(row.Told[category] == row.Id || row.Told[category] == row.Partner);
                    excess += (row.Told[category] == row.Partner ? 1 : 0) - (1 - row.OwnShare);
                    variance += row.OwnShare * (1 - row.OwnShare);
                }

                total += variance;
                Assert.IsLessThanOrEqualTo(4 * Math.Sqrt(variance), Math.Abs(excess), $"category {category}");
            }

            Assert.IsGreaterThan(100, total);
        }
    }

    [TestMethod]
    public void Each_category_is_drawn_by_itself()
    {
        var mixed = Passes(Options[0], 20).Where(row => row.Partner is not null).ToList();
        for (var first = 0; first < mixed[0].Told.Length; first++)
        {
            for (var second = 0; second < first; second++)
            {
                var (product, variance) = (0.0, 0.0);
                foreach (var row in mixed)
                {
                    product += Excess(row, first) * Excess(row, second);
                    variance += Math.Pow(row.OwnShare * (1 - row.OwnShare), 2);
                }

                Assert.IsLessThan(4.5 * Math.Sqrt(variance), Math.Abs(product), $"categories {first} and {second}");
            }
        }

        static double Excess(MixedOrder row, int category) => (row.Told[category] == row.Partner ? 1 : 0) - (1 - row.OwnShare);
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Categories_change_nothing_about_features_and_partners(MixingOptions options)
    {
        // The label of a feature swap counts categories too.
        if (options is FeatureSwapOptions swap)
            options = swap with { MixLabels = false };
        foreach (var isCached in new[] { true, false })
        {
            var view = isCached ? _ml.Data.Cache(Order.View(_ml)) : Order.View(_ml);
            var with = Order.Read(_ml.Data.Augment(view, options));
            var without = Order.Read(_ml.Data.Augment(view, options with { CategoricalColumnNames = null }));
            Assert.IsTrue(with.Zip(without).All(pair => pair.First.Features.SequenceEqual(pair.Second.Features) && pair.First.Label.SequenceEqual(pair.Second.Label)));
            Assert.IsTrue(without.TrueForAll(row => row.Told.All(told => told == row.Id)));
            Assert.IsGreaterThan(50, with.Count(row => row.Told.Any(told => told != row.Id)));
        }
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Every_cursor_gives_the_same_categories(MixingOptions options)
    {
        var mixed = _ml.Data.Augment(_ml.Data.Cache(Order.View(_ml)), options);
        var expected = Order.Read(mixed);
        using var cursor = mixed.GetRowCursor([mixed.Schema["Text"]]);
        var getter = cursor.GetGetter<ReadOnlyMemory<char>>(cursor.Schema["Text"]);
        ReadOnlyMemory<char> text = default;
        foreach (var row in expected)
        {
            Assert.IsTrue(cursor.MoveNext());
            getter(ref text);
            Assert.AreEqual($"order {row.Told[4]}", text.ToString());
        }

        var parallel = mixed.GetRowCursorSet(mixed.Schema, 3).SelectMany(part =>
        {
            using (part)
                return Order.ReadAll(part);
        }).OrderBy(row => row.Id).ToList();
        Assert.IsTrue(expected.Zip(parallel).All(pair => pair.First.Told.SequenceEqual(pair.Second.Told)));
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Held_out_rows_neither_give_nor_take(MixingOptions options)
    {
        foreach (var source in new[] { _ml.Data.Cache(Order.View(_ml)), Order.View(_ml) })
        {
            foreach (var row in Order.Read(_ml.Data.Augment(HoldOutView.Create(_ml, source, id => id.Low % 3 == 0), options)))
                Assert.IsTrue(row.Told.All(told => row.Id % 3 == 0 ? told == row.Id : told % 3 != 0));
        }
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Both_rows_of_a_pair_have_the_same_categories(MixingOptions options)
    {
        var pairs = Order.Read(_ml.Data.Augment(_ml.Data.Cache(Order.View(_ml)), options with { LabelMode = LabelMode.WeightedPairs }))
            .GroupBy(row => row.Id).Where(rows => rows.Count() == 2).ToList();
        Assert.IsGreaterThan(50, pairs.Count);
        Assert.IsGreaterThan(20, pairs.Count(rows => rows.First().Told.Any(told => told != rows.Key)));
        Assert.IsTrue(pairs.TrueForAll(rows => rows.First().Told.SequenceEqual(rows.Last().Told)));
    }

    [TestMethod]
    public void A_missing_key_is_drawn_like_any_other()
    {
        // Rows of odd numbers miss the key.
        var orders = Order.Rows();
        foreach (var order in orders.Where(order => order.Id % 2 == 1))
            order.Key = Order.Count;
        var view = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(orders));
        var (excess, variance) = (0.0, 0.0);
        for (var pass = 0; pass < 20; pass++)
        {
            foreach (var row in Order.Read(_ml.Data.Augment(view, Options[0]).InPass(pass)))
            {
                var isMissing = row.Told[0] == -1;
                Assert.IsTrue(isMissing || row.Told[0] == row.Id || row.Told[0] == row.Partner);
                if (row.Partner is not { } partner || partner % 2 == row.Id % 2)
                    continue;

                var share = row.Id % 2 == 1 ? row.OwnShare : 1 - row.OwnShare;
                excess += (isMissing ? 1 : 0) - share;
                variance += share * (1 - share);
            }
        }

        Assert.IsGreaterThan(300, variance);
        Assert.IsLessThan(4 * Math.Sqrt(variance), Math.Abs(excess));
    }

    [TestMethod]
    [DataRow(0.1)]
    [DataRow(0.6)]
    public void A_swap_takes_categories_at_the_rate_of_numbers_and_counts_them(double rate)
    {
        var options = new FeatureSwapOptions { Rate = rate, MixLabels = true, CategoricalColumnNames = All };
        var rows = Passes(options, 20);
        var (taken, units) = (new int[7], 4 + 7);
        foreach (var row in rows)
        {
            var foreign = row.Told.Count(told => told != row.Id) + row.Features.Count(value => (int)value != row.Id);
            Assert.AreEqual(row.Partner is null ? 0 : foreign, units * (1 - row.OwnShare), 1e-4);
            for (var category = 0; category < taken.Length; category++)
                taken[category] += row.Told[category] != row.Id ? 1 : 0;
        }

        // A row meets itself once in 300 times.
        foreach (var count in taken)
            Assert.AreEqual(rate * (1 - 1.0 / Order.Count), count / (double)rows.Count, 4 * Math.Sqrt(rate * (1 - rate) / rows.Count));
    }

    [TestMethod]
    public void Only_the_categories_that_are_named_are_swapped()
    {
        var options = new FeatureSwapOptions { Rate = 0.5, CategoricalColumnNames = All, SlotNames = ["Text"] };
        var rows = Passes(options, 4);
        Assert.IsTrue(rows.TrueForAll(row => row.Features.All(value => (int)value == row.Id) && row.Told.Where((_, category) => category != 4).All(told => told == row.Id)));
        Assert.AreEqual(0.5, rows.Count(row => row.Told[4] != row.Id) / (double)rows.Count, 0.06);
    }

    [TestMethod]
    public void In_a_choice_categories_are_mixed_by_what_is_chosen()
    {
        var options = new OneOfOptions { Augmentations = [Options[0], new FeatureDropoutOptions { Rate = 0.5, Replacement = FeatureReplacement.Zero }] };
        var rows = Order.Read(_ml.Data.Augment(_ml.Data.Cache(Order.View(_ml)), options));
        Assert.IsTrue(rows.TrueForAll(row => row.Told.All(told => told == row.Id || told == row.Partner)));
        Assert.IsGreaterThan(100, rows.Count(row => row.Partner is not null));
        Assert.IsGreaterThan(100, rows.Count(row => row.Partner is null));
    }

    [TestMethod]
    public void Columns_of_categories_keep_their_types_and_names_of_values()
    {
        var view = Order.View(_ml);
        var keyed = _ml.Transforms.Conversion.MapValueToKey("Mapped", "Text").Fit(view).Transform(view);
        var options = Options[0] with { CategoricalColumnNames = [.. All, "Mapped"] };
        var mixed = _ml.Data.Augment(keyed, options).Schema;
        foreach (var name in options.CategoricalColumnNames)
            Assert.AreEqual(keyed.Schema[name].Type, mixed[name].Type);
        VBuffer<ReadOnlyMemory<char>> values = default;
        mixed["Mapped"].GetKeyValues(ref values);
        Assert.AreEqual(Order.Count, values.Length);
        SchemaShapes.AssertEqual(SchemaShapes.Of(mixed), new TrainingOnlyEstimator(_ml, options).GetOutputSchema(SchemaShapes.Of(keyed.Schema)));
    }

    private List<MixedOrder> Passes(MixingOptions options, int count)
    {
        var mixed = _ml.Data.Augment(_ml.Data.Cache(Order.View(_ml)), options);
        return [.. Enumerable.Range(0, count).SelectMany(pass => Order.Read(mixed.InPass(pass)))];
    }
}
