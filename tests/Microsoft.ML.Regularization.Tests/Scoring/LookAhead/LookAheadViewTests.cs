using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Networks.Custom;
using Microsoft.ML.Regularization.Tests.Trainers;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Regularization.Tests.Scoring.LookAhead;

[TestClass]
public sealed class LookAheadViewTests
{
    // Several blocks of the longest kind, and a short one at the end.
    private const int Rows = 2500;

    private static readonly MLContext Ml = new(seed: 1);
    private static readonly NeuralNetworkMulticlassTransformer Model = Ml.Fit(SmallNetwork.Options, Ml.Rows(60));

    [TestMethod]
    public void Rows_come_in_their_order_with_the_ids_and_values_they_had() =>
        CollectionAssert.AreEqual(Ml.Rows(Rows).Read(), Model.Transform(Ml.Rows(Rows)).Read());

    [TestMethod]
    public void Shuffled_rows_come_in_the_order_of_the_source_with_their_own_scores()
    {
        var cache = Ml.Data.Cache(Ml.Rows(Rows));
        var scored = Model.Transform(cache);

        CollectionAssert.AreEqual(cache.Read(rand: new Random(3)), scored.Read(rand: new Random(3)));
        CollectionAssert.AreNotEqual(cache.Read(), scored.Read(rand: new Random(3)));
        using var cursor = scored.GetRowCursor(scored.Schema, new Random(3));
        AssertScores(ScoresById(cursor));
    }

    [TestMethod]
    public void Parallel_cursors_give_the_rows_of_a_serial_one()
    {
        var scored = Model.Transform(Ml.Data.Cache(Ml.Rows(Rows)));

        CollectionAssert.AreEquivalent(scored.Read(), scored.ReadInParallel(3));
        var set = scored.GetRowCursorSet(scored.Schema, 3);
        Assert.HasCount(3, set);
        AssertScores(set.SelectMany(cursor =>
        {
            using (cursor)
                return ScoresById(cursor);
        }).ToDictionary());
    }

    [TestMethod]
    public void A_transform_behind_it_that_reads_in_parallel_keeps_the_order()
    {
        var scored = Model.Transform(Ml.Data.Cache(Ml.Rows(Rows)));
        var copied = Ml.Transforms.CopyColumns("Copy", "Id").Fit(scored).Transform(scored);

        CollectionAssert.AreEqual(Enumerable.Range(0, Rows).ToList(), copied.GetColumn<int>("Copy").ToList());
        CollectionAssert.AreEqual(scored.GetColumn<uint>("PredictedLabel").ToList(), copied.GetColumn<uint>("PredictedLabel").ToList());
    }

    [TestMethod]
    public void Columns_are_read_only_where_they_are_asked_for()
    {
        var source = new RecordingView(Ml.Rows(10));
        var scored = Model.Transform(source);

        Assert.AreEqual("Label", Asked("Label"));
        Assert.AreEqual("Features", Asked("Score"));
        Assert.AreEqual("Features", Asked("PredictedLabel"));
        Assert.AreEqual("Features, Label", Asked("Label", "Score"));
        Assert.AreEqual("Features", Asked("Features"));
        Assert.AreEqual("", Asked());

        string Asked(params string[] names)
        {
            using (scored.GetRowCursor(names.Select(name => scored.Schema[name])))
                return string.Join(", ", source.Asked.Order());
        }
    }

    [TestMethod]
    public void A_column_that_is_read_for_the_network_alone_is_not_active()
    {
        var scored = Model.Transform(Ml.Rows(10));
        using var cursor = scored.GetRowCursor([scored.Schema["Score"]]);

        Assert.IsFalse(cursor.IsColumnActive(scored.Schema["Features"]));
        Assert.IsTrue(cursor.IsColumnActive(scored.Schema["Score"]));
        Assert.IsFalse(cursor.IsColumnActive(scored.Schema["PredictedLabel"]));
        Assert.Throws<ArgumentException>(() => cursor.GetGetter<VBuffer<float>>(scored.Schema["Features"]));
    }

    [TestMethod]
    [DoNotParallelize]
    public void Where_nobody_asks_for_a_score_nothing_is_scored()
    {
        // A network in libtorch that was disposed of is made again where rows are scored.
        var model = Ml.Fit(SmallNetwork.Options with { Architecture = NetworkArchitecture.Custom(new NormalizedNetwork()), Recipe = RegularizationRecipe.None, MaxEpochs = 1 }, Ml.Rows(30));
        var scored = model.Transform(Ml.Rows(30));
        Assert.HasCount(30, scored.GetColumn<float[]>("Score").ToList());
        model.Dispose();

        Assert.AreEqual(0, LiveTensors.LeftBy(() => Assert.HasCount(30, scored.GetColumn<uint>("Label").ToList())));
        Assert.IsGreaterThan(0, LiveTensors.LeftBy(() => Assert.HasCount(30, scored.GetColumn<float[]>("Score").ToList())));
        model.Model.Dispose();
    }

    [TestMethod]
    public void Images_come_with_scores_beside_them()
    {
        var rows = Example.Clusters(5).ConvertAll(row => new ImageRow
        {
            Features = row.Features,
            Image = MLImage.CreateFromPixels(1, 1, MLPixelFormat.Bgra32, [(byte)row.Id, 0, 0, 255]),
        });
        var view = Ml.Data.LoadFromEnumerable(rows);
        var scored = Model.Transform(view);
        var expected = SmallNetwork.Scores(scored);

        using var cursor = scored.GetRowCursor(scored.Schema);
        var (image, score) = (cursor.GetGetter<MLImage>(scored.Schema["Image"]), cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]));
        for (var row = 0; cursor.MoveNext(); row++)
        {
            MLImage pixels = null!;
            VBuffer<float> scores = default;
            image(ref pixels);
            score(ref scores);
            Assert.AreEqual(row, pixels.Pixels[0]);
            Closeness.AssertClose(expected[row].AsSpan(), scores.GetValues(), 1e-6, $"row {row}");
        }
    }

    [TestMethod]
    public void A_score_hides_the_one_of_a_model_before()
    {
        var view = Ml.Rows(40);
        var other = Ml.Fit(SmallNetwork.Options with { MaxEpochs = 1, Seed = 9 }, view);
        var twice = Model.Transform(other.Transform(view));

        SmallNetwork.AssertEqual(SmallNetwork.Scores(Model.Transform(view)), SmallNetwork.Scores(twice));
        var hidden = twice.Schema.First(column => column.Name == "Score");
        Assert.IsTrue(hidden.IsHidden);
        using var cursor = twice.GetRowCursor(twice.Schema);
        var (getter, expected) = (cursor.GetGetter<VBuffer<float>>(hidden), SmallNetwork.Scores(other.Transform(view)));
        for (var row = 0; cursor.MoveNext(); row++)
        {
            VBuffer<float> score = default;
            getter(ref score);
            CollectionAssert.AreEqual(expected[row], score.DenseValues().ToArray());
        }
    }

    private static Dictionary<int, float[]> ScoresById(DataViewRowCursor cursor)
    {
        var (id, score) = (cursor.GetGetter<int>(cursor.Schema["Id"]), cursor.GetGetter<VBuffer<float>>(cursor.Schema["Score"]));
        var scores = new Dictionary<int, float[]>();
        while (cursor.MoveNext())
        {
            var (row, values) = (0, default(VBuffer<float>));
            id(ref row);
            score(ref values);
            scores.Add(row, [.. values.DenseValues()]);
        }

        return scores;
    }

    // One row after the other, by the same network.
    private static void AssertScores(Dictionary<int, float[]> scores)
    {
        var network = Model.Model.Architecture;
        Assert.IsTrue(network.ScoresInManagedCode);
        using var engine = Ml.Model.CreatePredictionEngine<Example, Prediction>(Model, new PredictionEngineOptions { OwnsTransformer = false });
        Assert.HasCount(Rows, scores);
        foreach (var row in Example.Clusters(Rows))
            Closeness.AssertClose(engine.Predict(row).Score.AsSpan(), scores[row.Id], 1e-6, $"row {row.Id}");
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }

    private sealed class ImageRow
    {
        [VectorType(Example.FeatureCount)]
        public float[] Features { get; set; } = [];

        [ImageType(1, 1)]
        public MLImage Image { get; set; } = null!;
    }

    /// <summary>Remembers which columns its last cursor was asked for.</summary>
    private sealed class RecordingView(IDataView source) : DerivedView(source)
    {
        public List<string> Asked { get; private set; } = [];

        public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        {
            Asked = [.. columnsNeeded.Select(column => column.Name)];
            return base.GetRowCursor(Source.Schema.Where(column => Asked.Contains(column.Name)), rand);
        }

        public override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        {
            Asked = [.. columnsNeeded.Select(column => column.Name)];
            return base.GetRowCursorSet(Source.Schema.Where(column => Asked.Contains(column.Name)), n, rand);
        }

        protected override DerivedView Rebind(IDataView source) => new RecordingView(source);
    }
}
