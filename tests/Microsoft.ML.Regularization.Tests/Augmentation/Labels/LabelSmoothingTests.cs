using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Golden;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Labels;

[TestClass]
public sealed class LabelSmoothingTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void A_tenth_of_four_classes_is_that_of_the_paper()
    {
        var view = _ml.Data.LoadFromEnumerable(new[] { new Quarter { Label = 2 }, new Quarter { Label = 4 } });
        var labels = _ml.Data.Augment(view, new LabelSmoothingOptions()).GetColumn<float[]>("Label").ToList();
        Closeness.AssertClose([0.025f, 0.025f, 0.925f, 0.025f], labels[0], 1e-7, "class 2");
        Assert.IsTrue(labels[1].All(float.IsNaN), "a missing label stays missing");
    }

    [TestMethod]
    [DataRow(0.05)]
    [DataRow(0.3)]
    [DataRow(0.99)]
    public void Labels_of_every_kind_move_towards_the_uniform_distribution(double smoothing)
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(60));
        var rows = Example.Clusters(60);
        foreach (var (name, hard) in new (string, Func<Example, double[]>)[]
        {
            ("Label", row => [.. Enumerable.Range(0, 3).Select(k => k == row.Label ? 1.0 : 0)]),
            ("Flag", row => row.Flag ? [0, 1] : [1, 0]),
            ("Soft", row => [.. row.Soft.Select(share => (double)share)]),
        })
        {
            var smoothed = _ml.Data.Augment(view, new LabelSmoothingOptions { LabelColumnName = name, Smoothing = smoothing }).Read(name);
            foreach (var row in smoothed)
            {
                var expected = hard(rows[row.Source]);
                Closeness.AssertClose(
                    Array.ConvertAll(expected, share => share * (1 - smoothing) + smoothing / expected.Length), row.Label, 1e-6, name);
                Assert.AreEqual(1, row.Label.Sum(), 1e-6);
            }
        }
    }

    [TestMethod]
    public void Smoothing_0_leaves_labels_hard()
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(10));
        Assert.AreSame(view, _ml.Data.Augment(view, new LabelSmoothingOptions { Smoothing = 0 }));
        var shape = SchemaShapes.Of(view.Schema);
        SchemaShapes.AssertEqual(shape, _ml.Transforms.LabelSmoothing(smoothing: 0).GetOutputSchema(shape));
    }

    [TestMethod]
    [DataRow("Key")]
    [DataRow("Flag")]
    [DataRow("Soft")]
    public void The_columns_are_those_that_were_promised(string label)
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(30));
        view = _ml.Transforms.Conversion.MapValueToKey("Key", "Name").Fit(view).Transform(view);
        var smoothed = _ml.Data.Augment(view, new LabelSmoothingOptions { LabelColumnName = label });
        SchemaShapes.AssertEqual(_ml.Transforms.LabelSmoothing(label).GetOutputSchema(SchemaShapes.Of(view.Schema)), SchemaShapes.Of(smoothed.Schema));
        if (label == "Soft")
            return;

        VBuffer<ReadOnlyMemory<char>> names = default;
        smoothed.Schema[label].GetSlotNames(ref names);
        CollectionAssert.AreEqual(
            label == "Key" ? new[] { "class 0", "class 1", "class 2" } : ["False", "True"], names.DenseValues().Select(name => name.ToString()).ToArray());
    }

    [TestMethod]
    public void Held_out_rows_have_soft_labels_that_are_not_smoothed()
    {
        var view = _ml.Data.Augment(_ml.Data.LoadFromEnumerable(Example.Clusters(200)), new HoldOutOptions { Fraction = 0.4 });
        var marks = view.GetColumn<bool>(HeldOutMark.ColumnName).ToList();
        var labels = _ml.Data.Augment(view, new LabelSmoothingOptions()).Read();
        Assert.IsGreaterThan(40, marks.Count(mark => mark));
        foreach (var row in labels)
            Assert.AreEqual(marks[row.Source] ? 1 : 0.9 + 0.1 / 3, row.Label.Max(), 1e-6);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void It_commutes_with_mixing(bool isCached)
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(300));
        view = isCached ? _ml.Data.Cache(view) : view;
        foreach (var mixing in new TrainingOnlyOptions[] { new MixupOptions { Alpha = 1, Seed = 5 }, new CutMixOptions { Shape = new ImageShape(2, 2), Seed = 5 } })
        {
            var smoothing = new LabelSmoothingOptions { Smoothing = 0.2 };
            var before = _ml.Data.Augment(_ml.Data.Augment(view, smoothing), mixing).InPass(3).Read();
            var behind = _ml.Data.Augment(_ml.Data.Augment(view, mixing), smoothing).InPass(3).Read();
            Assert.HasCount(before.Count, behind);
            foreach (var (first, second) in before.Zip(behind))
            {
                Assert.AreEqual(first.Id, second.Id);
                Closeness.AssertClose(first.Label, second.Label, 1e-6, mixing.Name);
                CollectionAssert.AreEqual(first.Features, second.Features);
            }

            Assert.IsTrue(before.Exists(row => row.Label.Max() < 0.8), "rows are mixed");
        }
    }

    [TestMethod]
    public void Some_rows_of_sometimes_are_smoothed_and_all_are_soft()
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(3000));
        var labels = _ml.Data.Augment(view, new SometimesOptions { Augmentation = new LabelSmoothingOptions(), Probability = 0.3 }).Read();
        Assert.AreEqual(0.3, labels.Count(row => row.Label.Max() < 1) / 3000.0, 0.034);
        Assert.IsTrue(labels.TrueForAll(row => row.Label.Length == 3));
    }

    [TestMethod]
    public void Every_pass_is_alike_so_trainers_read_it_once()
    {
        var reads = 0;
        var view = _ml.Data.LoadFromEnumerable(Stream());
        var smoothed = (AugmentedView)_ml.Data.Augment(view, new LabelSmoothingOptions());
        Assert.IsFalse(smoothed.DrawsAnew);
        CollectionAssert.AreEqual(smoothed.Read(), smoothed.Read(rand: new Random(1)));

        foreach (var recipe in new[] { RegularizationRecipe.None, RegularizationRecipe.None with { Augmentations = [new LabelSmoothingOptions()] } })
        {
            reads = 0;
            Trainer("Label", recipe).Fit(smoothed);
            Assert.IsInRange(1, 2, reads, "four epochs");
        }

        IEnumerable<Example> Stream()
        {
            reads++;
            foreach (var row in Example.Clusters(60))
                yield return row;
        }
    }

    [TestMethod]
    [DataRow("Label")]
    [DataRow("Soft")]
    [DataRow("Flag")]
    public void In_front_of_the_neural_trainers_and_within_their_recipe_it_trains_the_same_network(string label)
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(120));
        var holdOut = _ml.Transforms.HoldOut(0.2);
        var expected = WeightsOf(holdOut.Append(Trainer(label, RegularizationRecipe.None with { LabelSmoothing = 0.15 })));
        var options = new LabelSmoothingOptions { LabelColumnName = label, Smoothing = 0.15 };
        var inPipeline = WeightsOf(holdOut.Append(_ml.Transforms.LabelSmoothing(options)).Append(Trainer(label, RegularizationRecipe.None)));
        var inRecipe = WeightsOf(holdOut.Append(Trainer(label, RegularizationRecipe.None with { Augmentations = [options] })));
        Closeness.AssertClose(expected, inPipeline, 1e-5, "in the pipeline");
        Closeness.AssertClose(expected, inRecipe, 1e-5, "in the recipe");
        var unsmoothed = WeightsOf(holdOut.Append(Trainer(label, RegularizationRecipe.None)));
        Assert.IsGreaterThan(1e-3, expected.Zip(unsmoothed, (x, y) => Math.Abs(x - y)).Max(), "smoothing matters");

        float[] WeightsOf(IEstimator<ITransformer> pipeline) =>
            [.. pipeline.Fit(view).GetNeuralNetwork().Weights.SelectMany(tensor => tensor.Values.ToArray())];
    }

    private IEstimator<ITransformer> Trainer(string label, RegularizationRecipe recipe)
    {
        var options = new NeuralNetworkOptions
        {
            LabelColumnName = label,
            Architecture = NetworkArchitecture.Mlp(8),
            Recipe = recipe,
            MaxEpochs = 4,
            BatchSize = 16,
            LearningRate = 0.01,
            ValidationFraction = 0,
            Seed = 4,
        };
        return label == "Flag" ? _ml.BinaryClassification.Trainers.NeuralNetwork(options) : _ml.MulticlassClassification.Trainers.NeuralNetwork(options);
    }

    private sealed class Quarter
    {
        [KeyType(4)]
        public uint Label { get; set; }
    }
}
