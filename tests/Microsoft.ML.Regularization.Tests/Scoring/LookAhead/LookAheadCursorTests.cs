using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Scoring.LookAhead;

[TestClass]
public sealed class LookAheadCursorTests
{
    // In the midst of a block.
    private const int BadRow = 700;

    private static readonly MLContext Ml = new(seed: 1);
    private static readonly NeuralNetworkMulticlassTransformer Model = Ml.Fit(SmallNetwork.Options, Ml.Rows(60));

    [TestMethod]
    public void Blocks_begin_with_a_row_and_double()
    {
        var read = 0L;
        var scored = Model.Transform(new GeneratedView(5000) { Read = row => read = row + 1 });
        using var cursor = scored.GetRowCursor([scored.Schema["Score"]]);

        var reads = new List<long>();
        while (cursor.MoveNext())
            reads.Add(read);

        CollectionAssert.AreEqual(new long[] { 1, 3, 3, 7, 7, 7, 7, 15 }, reads.Take(8).ToArray());
        Assert.HasCount(5000, reads);
        Assert.AreEqual(768, reads.Select((ahead, row) => ahead - row).Max());
    }

    [TestMethod]
    public void A_row_that_the_network_cannot_read_is_an_error_in_its_place_and_in_its_score_alone()
    {
        var rows = Example.Clusters(BadRow + 300).ConvertAll(row => new AnyLength { Id = row.Id, Features = row.Id == BadRow ? [1, 2, 3] : row.Features });
        var scored = Model.Transform(Ml.Data.LoadFromEnumerable(rows));
        using var cursor = scored.GetRowCursor(scored.Schema);
        var (id, score) = (cursor.GetGetter<int>(scored.Schema["Id"]), cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]));

        for (var row = 0; row < rows.Count; row++)
        {
            Assert.IsTrue(cursor.MoveNext());
            var (rowId, scores) = (-1, default(VBuffer<float>));
            id(ref rowId);
            Assert.AreEqual(row, rowId);
            if (row == BadRow)
                Assert.Contains($"row {BadRow}: 3 features instead of 4", Assert.Throws<Exception>(() => score(ref scores)).Message);
            else
                score(ref scores);
        }

        Assert.IsFalse(cursor.MoveNext());
    }

    [TestMethod]
    public void A_source_that_fails_fails_behind_the_rows_it_gave()
    {
        var scored = Model.Transform(Ml.Data.LoadFromEnumerable(Failing()));
        using var cursor = scored.GetRowCursor(scored.Schema);
        var score = cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]);

        VBuffer<float> scores = default;
        for (var row = 0; row < BadRow; row++)
        {
            Assert.IsTrue(cursor.MoveNext());
            score(ref scores);
        }

        Assert.AreEqual("the disk is gone", Assert.ThrowsExactly<IOException>(() => cursor.MoveNext()).Message);

        static IEnumerable<Example> Failing()
        {
            foreach (var row in Example.Clusters(BadRow))
                yield return row;
            throw new IOException("the disk is gone");
        }
    }

    [TestMethod]
    public void A_column_that_fails_fails_for_who_asks_for_it()
    {
        var view = Ml.Data.LoadFromEnumerable(Example.Clusters(1000).Select(row => new Trap { Id = row.Id, Features = row.Features }));
        var scored = Model.Transform(view);
        using var cursor = scored.GetRowCursor(scored.Schema);
        var (twice, score) = (cursor.GetGetter<int>(scored.Schema["Twice"]), cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]));

        for (var row = 0; cursor.MoveNext(); row++)
        {
            var (value, scores) = (0, default(VBuffer<float>));
            score(ref scores);
            if (row == BadRow)
            {
                Assert.AreEqual("no such page", Assert.ThrowsExactly<IOException>(() => twice(ref value)).Message);
                continue;
            }

            twice(ref value);
            Assert.AreEqual(2 * row, value);
        }
    }

    [TestMethod]
    public void A_row_allocates_nothing()
    {
        const int Count = 40_000;
        var scored = Model.Transform(new GeneratedView(Count));
        using var cursor = scored.GetRowCursor(scored.Schema);
        var label = cursor.GetGetter<uint>(scored.Schema["PredictedLabel"]);
        var score = cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]);
        var features = cursor.GetGetter<VBuffer<float>>(scored.Schema["Features"]);
        var sentence = cursor.GetGetter<ReadOnlyMemory<char>>(scored.Schema["Sentence"]);
        var (key, scores, vector, text) = (0u, default(VBuffer<float>), default(VBuffer<float>), default(ReadOnlyMemory<char>));

        Read(Count / 2);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Read(Count / 2);

        // A few dozen blocks may rent memory anew, after a collection.
        Assert.IsLessThan(Count / 2, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.IsFalse(cursor.MoveNext());

        void Read(int rows)
        {
            for (var row = 0; row < rows; row++)
            {
                Assert.IsTrue(cursor.MoveNext());
                label(ref key);
                score(ref scores);
                features(ref vector);
                sentence(ref text);
            }
        }
    }

    [TestMethod]
    public void It_disposes_of_the_source()
    {
        var source = new ClosedView(Ml.Rows(10));
        var scored = Model.Transform(source);
        using (var cursor = scored.GetRowCursor(scored.Schema))
        {
            Assert.IsTrue(cursor.MoveNext());
            Assert.IsFalse(source.IsClosed);
        }

        Assert.IsTrue(source.IsClosed);
    }

    private sealed class AnyLength
    {
        public int Id { get; set; }

        public float[] Features { get; set; } = [];
    }

    private sealed class Trap
    {
        public int Id { get; set; }

        [VectorType(Example.FeatureCount)]
        public float[] Features { get; set; } = [];

        public int Twice
        {
            get => Id == BadRow ? throw new IOException("no such page") : 2 * Id;
            set => Id = value / 2;
        }
    }

    /// <summary>Knows whether its cursor was disposed of.</summary>
    private sealed class ClosedView(IDataView source) : DerivedView(source)
    {
        public bool IsClosed { get; private set; }

        public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
            new Cursor(this, base.GetRowCursor(columnsNeeded, rand));

        protected override DerivedView Rebind(IDataView source) => new ClosedView(source);

        private sealed class Cursor(ClosedView view, DataViewRowCursor source) : DataViewRowCursor
        {
            public override DataViewSchema Schema => source.Schema;

            public override long Position => source.Position;

            public override long Batch => source.Batch;

            public override bool MoveNext() => source.MoveNext();

            public override bool IsColumnActive(DataViewSchema.Column column) => source.IsColumnActive(column);

            public override ValueGetter<DataViewRowId> GetIdGetter() => source.GetIdGetter();

            public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => source.GetGetter<TValue>(column);

            protected override void Dispose(bool disposing)
            {
                view.IsClosed = true;
                base.Dispose(disposing);
            }
        }
    }
}
