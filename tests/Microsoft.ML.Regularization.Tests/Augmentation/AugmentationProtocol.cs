using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Augmentation;

/// <summary>What holds for every training-only transform as a worker: schemas, bad options, memory, both doors.</summary>
[TestClass]
public sealed class AugmentationProtocol
{
    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<object[]> AllOptions => TrainingOnlyProtocol.AllOptions.Select(options => new object[] { options });

    private static IEnumerable<object[]> Augmentations => TrainingOnlyProtocol.AllOptions.OfType<AugmentationOptions>().Select(options => new object[] { options });

    // A changed text is a string of its own.
    private static IEnumerable<object[]> ChangesOfNumbers =>
        Augmentations.Where(row => !ChangesText(new MLContext(seed: 1).Data.Augment(new GeneratedView(1), (AugmentationOptions)row[0])));

    // What softens labels is for trainers that take soft ones. Others get weighted pairs.
    private static IEnumerable<object[]> ForOtherTrainers =>
        from options in TrainingOnlyProtocol.AllOptions
        where options is MixingOptions { MixesLabels: true } or not AugmentationOptions { SoftensLabels: true }
        select new object[] { options is MixingOptions { MixesLabels: true } mixing ? mixing with { LabelMode = LabelMode.WeightedPairs } : options };

    private static IEnumerable<object[]> BadOptions =>
        from options in TrainingOnlyProtocol.AllOptions.DistinctBy(options => options.GetType())
        from property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.SetMethod is not null && property.Name != "Seed"
        from value in BadValues(property.PropertyType, property.Name)
        select new object[] { options.GetType().Name, property.Name, value };

    [TestMethod]
    [DynamicData(nameof(AllOptions))]
    public void The_schema_promised_is_the_schema_of_the_rows(TrainingOnlyOptions options)
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(30));
        var promised = new TrainingOnlyEstimator(_ml, options).GetOutputSchema(SchemaShapes.Of(view.Schema));
        SchemaShapes.AssertEqual(SchemaShapes.Of(_ml.Data.Augment(view, options).Schema), promised);
    }

    [TestMethod]
    [DynamicData(nameof(BadOptions))]
    public void A_bad_option_is_named(string type, string property, object value)
    {
        var good = TrainingOnlyProtocol.AllOptions.First(options => options.GetType().Name == type);
        var bad = good with { };
        var target = bad.GetType().GetProperty(property)!;
        target.SetValue(bad, value is string { Length: 0 } && target.PropertyType != typeof(string) ? null : value);
        var error = Assert.Throws<ArgumentException>(() => new TrainingOnlyEstimator(_ml, bad));
        Assert.MatchesRegex(new Regex(property), error.Message);
        if (value is double or int)
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{value}"), error.Message);
    }

    [TestMethod]
    [DynamicData(nameof(ChangesOfNumbers))]
    public void Reading_allocates_nothing_for_a_row(AugmentationOptions options)
    {
        // An object takes 24 bytes. What a cursor allocates, such as a pool to shuffle in, does not grow with the rows.
        var few = Allocated(options, 4000);
        var many = Allocated(options, 12000);
        Assert.IsLessThan(few + 8 * 8000, many);
    }

    [TestMethod]
    [DynamicData(nameof(Augmentations))]
    public void A_million_rows_stream_in_constant_memory(AugmentationOptions options)
    {
        var view = _ml.Data.Augment(new GeneratedView(1_000_000), options);
        var column = view.Schema[ChangesText(view) ? nameof(Example.Sentence) : nameof(Example.Features)];
        using var cursor = view.GetRowCursor([column]);
        var read = Reader(cursor, column);
        var most = 0L;
        var rows = 0;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        while (cursor.MoveNext())
        {
            read();
            if (++rows % 100_000 == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        Assert.IsGreaterThanOrEqualTo(1_000_000, rows);
        Assert.IsLessThan(20_000_000, most);
    }

    [TestMethod]
    [DynamicData(nameof(Augmentations))]
    public void In_the_recipe_it_is_what_it_is_in_the_pipeline(AugmentationOptions options)
    {
        var view = _ml.Rows(120);
        var inRecipe = SmallNetwork.Options with { Recipe = RegularizationRecipe.None with { Augmentations = [options] }, InputScaling = InputScaling.None };
        if (options.WhyNotInTrainer is { } reason)
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Fit(inRecipe, view));
            Assert.Contains(options.Name, error.Message);
            Assert.Contains(reason, error.Message);
            return;
        }

        if (options is MixingOptions { CategoricalColumnNames: { } categories })
        {
            // This trainer reads no category. RecipeColumnsProtocol has one that does.
            Assert.Contains($"CategoricalColumnNames is '{categories}'", Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Fit(inRecipe, view)).Message);
            return;
        }

        var inside = _ml.Fit(inRecipe, view).Model;
        var trainer = _ml.MulticlassClassification.Trainers.NeuralNetwork(inRecipe with { Recipe = RegularizationRecipe.None });
        var before = new TrainingOnlyEstimator(_ml, options).Append(trainer).Fit(view).LastTransformer.Model;
        SmallNetwork.AssertEqual(SmallNetwork.Weights(before), SmallNetwork.Weights(inside));
    }

    [TestMethod]
    [DynamicData(nameof(ForOtherTrainers))]
    public void Before_other_trainers_it_leaves_scoring_alone(TrainingOnlyOptions options)
    {
        var isMixing = options is MixingOptions { MixesLabels: true };
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(200));
        // What the trainer learns from shows in an unaugmented copy, whatever happens to the features.
        var pipeline = _ml.Transforms.CopyColumns("Own", "Features").Append(new TrainingOnlyEstimator(_ml, options))
            .Append(_ml.Transforms.Text.FeaturizeText("Words", nameof(Example.Sentence)))
            .Append(_ml.Transforms.Concatenate("All", "Features", "Own", "Words"))
            .Append(_ml.MulticlassClassification.Trainers.LightGbm("Label", "All", isMixing || options.Name == "ClassWeights" ? "Weight" : null, numberOfIterations: 5));
        var model = pipeline.Fit(view);
        using var file = new MemoryStream();
        _ml.Model.Save(model, view.Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);
        var scored = loaded.Transform(view);
        CollectionAssert.AreEqual(view.Read(), scored.Read());
        Assert.IsGreaterThan(0.8, _ml.MulticlassClassification.Evaluate(scored).MicroAccuracy);
    }

    private static IEnumerable<object> BadValues(Type type, string name)
    {
        if (type == typeof(double) || type == typeof(double?))
            return [double.NaN];
        if (type == typeof(int))
            return [-1];
        if (type == typeof(string) && name.EndsWith("ColumnName", StringComparison.Ordinal) && !name.StartsWith("ExampleWeight", StringComparison.Ordinal))
            return [" "];
        return type.IsEnum ? [Enum.ToObject(type, 99)] : [];
    }

    private static bool ChangesText(IDataView view) =>
        view is AugmentedView augmented && augmented.OutputOf(view.Schema[nameof(Example.Sentence)]) is not null;

    private long Allocated(AugmentationOptions options, int rows)
    {
        var view = _ml.Data.Augment(new GeneratedView(rows), options);
        var columns = new[] { view.Schema[nameof(Example.Features)], view.Schema[nameof(Example.Label)] };
        using (var warm = view.GetRowCursor(columns))
        {
            while (warm.MoveNext())
            {
            }
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        using var cursor = view.GetRowCursor(columns);
        var readers = columns.Select(column => Reader(cursor, column)).ToArray();
        while (cursor.MoveNext())
        {
            foreach (var read in readers)
                read();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static Action Reader(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is TextDataViewType)
            return Read<ReadOnlyMemory<char>>();
        return column.Type is VectorDataViewType ? Read<VBuffer<float>>() : Read<uint>();

        Action Read<TValue>()
        {
            var getter = row.GetGetter<TValue>(column);
            TValue value = default!;
            return () => getter(ref value);
        }
    }
}
