using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Trainers;
using Microsoft.ML.Regularization.Tests.Training.Checkpoints;

namespace Microsoft.ML.Regularization.Tests.Inputs;

/// <summary>Keys mean what they stand for, whoever has counted them: in training on, validation, scoring and going on from a checkpoint.</summary>
[TestClass]
public sealed class KeyValuesTests
{
    private static readonly string[] Colors = ["red", "green", "blue", "white", "black", "grey", "pink", "brown", "gold", "teal"];

    private static readonly List<Item> Items = [.. Enumerable.Range(0, 120).Select(Item.At)];
    private static readonly List<Item> Reversed = [.. Items.AsEnumerable().Reverse()];

    private static readonly NeuralNetworkOptions Options = new()
    {
        Architecture = NetworkArchitecture.Mlp(16),
        CategoricalColumnNames = ["Key"],
        Recipe = RegularizationRecipe.None,
        MaxEpochs = 25,
        BatchSize = 16,
        LearningRate = 0.03,
        Seed = 1,
    };

    private static readonly NeuralNetworkOptions NextToNothing = Options with { LearningRate = 1e-20, MaxEpochs = 1 };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Training_on_keeps_classes_and_categories_however_the_new_rows_count_them()
    {
        var (own, other) = (Mapped(Items, Items), Mapped(Reversed, Items));
        var first = Trainer(Options).Fit(own);
        Assert.AreEqual(1, Accuracy(first, own));

        var second = Trainer(NextToNothing).Fit(other, first.Model);

        Assert.AreEqual(1, Accuracy(second, other));
        Assert.AreEqual(1, Accuracy(second, own));
        SmallNetwork.AssertEqual(SmallNetwork.Weights(first.Model), SmallNetwork.Weights(second.Model));
        CollectionAssert.AreEqual(Names(first.Transform(own), "Score"), Names(second.Transform(other), "Score"));
        CollectionAssert.AreEqual(Names(first.Transform(own), "PredictedLabel"), Names(second.Transform(other), "PredictedLabel"));
        Assert.IsLessThan(0.1, second.Model.History.Epochs[0].TrainingLoss);
    }

    [TestMethod]
    public void Training_on_takes_rows_of_some_of_the_classes_and_softened_ones()
    {
        var own = Mapped(Items, Items);
        var first = Trainer(Options).Fit(own);
        var some = Reversed.Where(item => item.Color is "teal" or "red" or "blue").ToList();

        var hard = Trainer(NextToNothing).Fit(Mapped(some, some), first.Model);

        Assert.AreEqual(1, Accuracy(hard, own));
        SmallNetwork.AssertEqual(SmallNetwork.Weights(first.Model), SmallNetwork.Weights(hard.Model));
        CollectionAssert.AreEqual(Names(first.Transform(own), "PredictedLabel"), Names(hard.Transform(own), "PredictedLabel"));
        var softened = Trainer(NextToNothing with { Recipe = RegularizationRecipe.None with { Augmentations = [new LabelSmoothingOptions { Smoothing = 0.01 }] } })
            .Fit(Mapped(Reversed, Items), first.Model);
        Assert.AreEqual(1, Accuracy(softened, own));
        Assert.IsLessThan(0.3, softened.Model.History.Epochs[0].TrainingLoss);
    }

    [TestMethod]
    public void A_validation_set_that_was_mapped_apart_measures_the_same()
    {
        var rows = Mapped(Items, Items);
        var expected = Trainer(Options).Fit(rows, Mapped(Items, Items));

        var actual = Trainer(Options).Fit(rows, Mapped(Reversed, Items));

        InterruptedTraining.AssertSame(expected, actual);
        Assert.AreEqual(1, actual.Model.History.Epochs[^1].Metric(ValidationMetric.Accuracy));
    }

    [TestMethod]
    public void Rows_to_score_may_count_otherwise_or_have_fewer_values()
    {
        var own = Mapped(Items, Items);
        var model = Trainer(Options).Fit(own);
        using var file = new MemoryStream();
        _ml.Model.Save(model, own.Schema, file);
        file.Position = 0;
        foreach (var transformer in new[] { model, new MLContext().Model.Load(file, out _) })
        {
            var expected = SmallNetwork.Scores(transformer.Transform(own));
            SmallNetwork.AssertEqual(expected, SmallNetwork.Scores(transformer.Transform(Mapped(Reversed, Items))));
            var some = Reversed.Where(item => item.Color is "teal" or "red").ToList();
            SmallNetwork.AssertEqual(
                [.. some.Select(item => expected[Items.IndexOf(item)])], SmallNetwork.Scores(transformer.Transform(Mapped(some, some))));
        }
    }

    [TestMethod]
    public void Numbers_and_flags_behind_keys_keep_their_type()
    {
        var first = Trainer(Options).Fit(Mapped(Items, Items, nameof(Item.Number)));
        var other = Mapped(Reversed[..50], Items[..50], nameof(Item.Number));

        var second = Trainer(NextToNothing).Fit(other, first.Model);

        var scored = second.Transform(other);
        VBuffer<float> classes = default;
        scored.Schema["PredictedLabel"].Annotations.GetValue("KeyValues", ref classes);
        CollectionAssert.AreEqual(Items[..10].ConvertAll(item => item.Number), classes.DenseValues().ToList());
        var values = _ml.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(scored).Transform(scored).GetColumn<float>("PredictedLabel");
        CollectionAssert.AreEqual(Items[..50].ConvertAll(item => item.Number), values.ToList());
    }

    [TestMethod]
    public void Tokens_of_another_vocabulary_are_translated()
    {
        var options = Options with
        {
            Architecture = NetworkArchitecture.Lstm(8) with { MaxLength = 4 }, FeatureColumnName = "Tokens", CategoricalColumnNames = [], LabelColumnName = nameof(Item.Flag),
        };
        var (own, other) = (Tokens(Items, Items), Tokens(Reversed, Items));
        var model = _ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(own);
        var expected = model.Transform(own).GetColumn<float>("Score").ToList();

        Assert.IsGreaterThan(1, expected.Max() - expected.Min());
        AssertClose(expected, model.Transform(other));
        var some = Reversed.Where(item => item.Color is "teal" or "red").ToList();
        var few = Tokens(some, some);
        AssertClose(some.ConvertAll(item => expected[Items.IndexOf(item)]), model.Transform(few));
        Assert.IsNotNull(model.GetOutputSchema(few.Schema)["Score"].Type);
    }

    [TestMethod]
    public void A_run_goes_on_from_a_checkpoint_whose_rows_were_counted_otherwise()
    {
        using var folder = new TemporaryFolder();
        var kept = Options with { MaxEpochs = 6, Checkpoints = new CheckpointOptions { Folder = folder.Path } };
        var expected = Trainer(kept with { Checkpoints = null }).Fit(Mapped(Items, Items));
        using var source = new CancellationTokenSource();
        var interrupting = new SmallNetwork.Callback(report =>
        {
            if (report.Epoch == 3)
                source.Cancel();
        });
        Trainer(kept with { CancellationToken = source.Token, Progress = interrupting }).Fit(Mapped(Items, Items));

        var actual = Trainer(kept).Fit(Mapped(Reversed, Items));

        InterruptedTraining.AssertSame(expected, actual);
        Assert.AreEqual(Accuracy(expected, Mapped(Items, Items)), Accuracy(actual, Mapped(Reversed, Items)));
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Trainer(kept).Fit(Mapped(Violet, Violet)));
        AssertNames(error, "'Key'", "the checkpoint does not know", "'violet'", "'red'", "Folder");
    }

    [TestMethod]
    public void Values_that_the_other_side_does_not_know_are_an_error_before_rows_are_read()
    {
        var own = Mapped(Items, Items);
        var model = Trainer(Options with { MaxEpochs = 1 }).Fit(own);
        var unread = _ml.Data.LoadFromEnumerable(Unread());
        var mapped = Keys(Violet, nameof(Item.Kind)).Transform(unread);
        AssertNames(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Trainer(Options).Fit(mapped, model.Model)),
            "previousModel", "'Key'", "the previous model does not know: 'violet'", "'red', 'green', 'blue' and 7 more");
        AssertNames(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Trainer(Options).Fit(Keys(Items, nameof(Item.Kind)).Transform(unread), mapped)),
            "ValidationSet", "'Key'", "the training set does not know: 'violet'");
        AssertNames(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => model.Transform(mapped)), "'Key'", "the rows to score", "the model does not know: 'violet'");

        var uncategorized = Options with { CategoricalColumnNames = [], MaxEpochs = 1 };
        AssertNames(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Trainer(uncategorized).Fit(mapped, Trainer(uncategorized).Fit(own).Model)),
            "'Label'", "the previous model does not know: 'kind of violet'");

        IEnumerable<Item> Unread()
        {
            Assert.Fail("A row was read.");
            yield break;
        }
    }

    [TestMethod]
    public void Keys_without_values_are_counted()
    {
        var options = Options with { CategoricalColumnNames = [], MaxEpochs = 1, Architecture = NetworkArchitecture.Mlp(4) };
        var (keyed, rows) = (Trainer(options), _ml.Data.LoadFromEnumerable(Items));
        var counted = _ml.Transforms.CopyColumns("Label", nameof(Item.Counted)).Append(_ml.Transforms.Concatenate("Features", nameof(Item.Amount))).Fit(rows).Transform(rows);
        var model = keyed.Fit(counted);

        Assert.IsNotNull(keyed.Fit(Mapped(Items, Items), model.Model));
        var few = Items.Where(item => item.Color is "teal" or "red").ToList();
        AssertNames(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => keyed.Fit(Mapped(few, few), model.Model)), "has 10 classes", "'Label' has 2");
    }

    private static List<Item> Violet { get; } =
        [.. Items.Select(item => item.Color == "teal" ? new Item { Color = "violet", Kind = "kind of violet", Amount = item.Amount } : item)];

    private NeuralNetworkMulticlassTrainer Trainer(NeuralNetworkOptions options) => _ml.MulticlassClassification.Trainers.NeuralNetwork(options);

    private ITransformer Keys(List<Item> counted, string label) => _ml.Transforms.Conversion.MapValueToKey("Key", nameof(Item.Color))
        .Append(_ml.Transforms.Conversion.MapValueToKey("Label", label))
        .Append(_ml.Transforms.Concatenate("Features", nameof(Item.Amount)))
        .Fit(_ml.Data.LoadFromEnumerable(counted));

    // Keys are counted in the order in which their values come.
    private IDataView Mapped(List<Item> counted, List<Item> rows, string label = nameof(Item.Kind)) =>
        Keys(counted, label).Transform(_ml.Data.LoadFromEnumerable(rows));

    private IDataView Tokens(List<Item> counted, List<Item> rows) => _ml.Transforms.Text.TokenizeIntoWords("Words", nameof(Item.Kind))
        .Append(_ml.Transforms.Conversion.MapValueToKey("Tokens", "Words"))
        .Fit(_ml.Data.LoadFromEnumerable(counted)).Transform(_ml.Data.LoadFromEnumerable(rows));

    private double Accuracy(ITransformer model, IDataView rows)
    {
        var scored = model.Transform(rows);
        var predicted = _ml.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(scored).Transform(scored).GetColumn<string>("PredictedLabel");
        return predicted.Zip(scored.GetColumn<string>(nameof(Item.Kind)), (actual, expected) => actual == expected ? 1.0 : 0).Average();
    }

    private static string[] Names(IDataView view, string column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        var annotations = view.Schema[column].Annotations;
        if (view.Schema[column].Type is VectorDataViewType)
            annotations.GetValue("SlotNames", ref names);
        else
            annotations.GetValue("KeyValues", ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static void AssertClose(List<float> expected, IDataView scored) =>
        Closeness.AssertClose(expected.ToArray().AsSpan(), scored.GetColumn<float>("Score").ToArray(), 1e-5, "scores");

    private static void AssertNames(Exception error, params string[] fragments)
    {
        foreach (var fragment in fragments)
            Assert.Contains(fragment, error.Message);
    }

    private sealed class Item
    {
        public string Color { get; set; } = "";

        public string Kind { get; set; } = "";

        public float Number { get; set; }

        public bool Flag { get; set; }

        public float Amount { get; set; }

        [KeyType(10)]
        public uint Counted { get; set; }

        public static Item At(int id)
        {
            var color = id % 10;
            return new Item
            {
                Color = Colors[color], Kind = "kind of " + Colors[color], Number = color - 4.5f, Flag = color % 2 == 0, Amount = id % 7 / 7f, Counted = (uint)color,
            };
        }
    }
}
