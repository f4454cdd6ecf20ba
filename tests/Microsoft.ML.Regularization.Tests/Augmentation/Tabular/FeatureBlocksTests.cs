using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Tabular;

[TestClass]
public sealed class FeatureBlocksTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void One_hot_encoding_marks_its_blocks_and_concatenation_moves_the_marks()
    {
        var view = People();
        AssertBlocks(view, "Features", needsRows: false, Person.Blocks);

        var encoded = _ml.Transforms.Categorical.OneHotEncoding("Alone", "City").Fit(_ml.Data.LoadFromEnumerable(Person.Generate(50)))
            .Transform(_ml.Data.LoadFromEnumerable(Person.Generate(50)));
        AssertBlocks(encoded, "Alone", needsRows: false, (0, 3));
        AssertBlocks(Apply(view, _ml.Transforms.Concatenate("Twice", "Age", "Features", "Income")), "Twice", needsRows: false, (3, 8), (8, 11));
    }

    [TestMethod]
    public void Hashed_categories_without_names_are_a_block()
    {
        AssertBlocks(Person.FeaturizeByHash(_ml, Person.Generate(50)), "Features", needsRows: false, (2, 34));
    }

    [TestMethod]
    public void Names_tell_blocks_where_the_marks_are_lost()
    {
        // "Job.dr. phil." holds dots.
        AssertBlocks(Apply(People(), _ml.Transforms.NormalizeMinMax("Features")), "Features", needsRows: true, Person.Blocks);
        AssertBlocks(Apply(People(), _ml.Transforms.NormalizeMeanVariance("Features")), "Features", needsRows: true, Person.Blocks);
        AssertBlocks(Apply(People(), _ml.Transforms.NormalizeMeanVariance("Features", fixZero: false)), "Features", needsRows: true, Person.Blocks);
    }

    [TestMethod]
    public void Two_blocks_under_one_name_are_told_apart()
    {
        var view = Apply(People(), _ml.Transforms.Concatenate("Categories", "Job", "City")
            .Append(_ml.Transforms.NormalizeMinMax("Categories"))
            .Append(_ml.Transforms.Concatenate("All", "Age", "Categories")));
        AssertBlocks(view, "All", needsRows: true, (1, 6), (6, 9));
    }

    [TestMethod]
    public void Numbers_whose_names_look_alike_are_no_block()
    {
        AssertBlocks(Flowers(i => [i, i % 7, i % 2, 1 - i % 2]), "Features", needsRows: true, (2, 4));
    }

    [TestMethod]
    public void Held_out_rows_do_not_decide()
    {
        var view = Flowers(i => i < 25 ? [i, i % 7, i % 2, 1 - i % 2] : [i, i % 7, 0.5f, 0.5f]);
        AssertBlocks(view, "Features", needsRows: true);
        AssertBlocks(HoldOutView.Create(_ml, view, id => id.Low >= 25), "Features", needsRows: true, (2, 4));
    }

    [TestMethod]
    public void Vectors_without_names_and_numbers_are_single_features()
    {
        AssertBlocks(_ml.Data.LoadFromEnumerable(Example.Clusters(5)), "Features", needsRows: false);
        AssertBlocks(_ml.Data.LoadFromEnumerable(Example.Clusters(5)), "Target", needsRows: false);
    }

    private IDataView Flowers(Func<int, float[]> features)
    {
        var definition = SchemaDefinition.Create(typeof(Flower));
        var names = new VBuffer<ReadOnlyMemory<char>>(4, [.. new[] { "Sepal.Length", "Sepal.Width", "Petal.Long", "Petal.Short" }.Select(name => name.AsMemory())]);
        definition["Features"].AddAnnotation("SlotNames", names, new VectorDataViewType(TextDataViewType.Instance, 4));
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 50).Select(i => new Flower { Features = features(i) }).ToList(), definition);
    }

    private static void AssertBlocks(IDataView view, string name, bool needsRows, params (int Start, int End)[] expected)
    {
        var column = FeatureColumn.Of(new MLContext(), view.Schema, name, chosen: null);
        Assert.AreEqual(needsRows, FeatureBlocks.DependOnRows(column));
        var units = LearnedFeatures.Learn(view, column, withMoments: false).Units;
        CollectionAssert.AreEqual(
            expected,
            Enumerable.Range(0, units.Count).Where(units.IsBlock).Select(units.Slots).ToArray());
        CollectionAssert.AreEqual(
            Enumerable.Range(0, column.Size).ToArray(),
            Enumerable.Range(0, units.Count).SelectMany(unit => Enumerable.Range(units.Slots(unit).Start, units.Slots(unit).End - units.Slots(unit).Start)).ToArray(),
            "every slot is in one unit");
    }

    private IDataView People() => Person.Featurize(_ml, Person.Generate(50));

    private static IDataView Apply<T>(IDataView view, IEstimator<T> estimator)
        where T : class, ITransformer => estimator.Fit(view).Transform(view);

    private sealed class Flower
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];
    }
}
