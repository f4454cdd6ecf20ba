using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Inputs.Columns;

[TestClass]
public sealed class InputColumnsTests
{
    private static readonly MLContext Ml = new(seed: 1);

    [TestMethod]
    public void Numbers_come_first_and_keys_behind_them_with_missing_ones_as_zero()
    {
        // A scalar key of a class counts from 0, and those of vectors as in the view, where 0 is missing.
        var view = Ml.Data.LoadFromEnumerable<Person>(
        [
            new() { Features = [1.5f, -2], City = 3, Pets = [1, 0] },
            new() { Features = [0, 7], City = 0, Pets = [2, 2] },
        ]);
        var columns = Columns(view, NetworkInputs.Numbers | NetworkInputs.Categories, ["City", "Pets"]);

        Assert.AreEqual(2, columns.Layout.Numbers);
        Assert.AreEqual(new CategoryInput("City", 1, 4), columns.Layout.Categories[0]);
        Assert.AreEqual(new CategoryInput("Pets", 2, 2), columns.Layout.Categories[1]);
        Assert.AreEqual(5, columns.Layout.Width);
        AssertRows(columns, view, [1.5f, -2, 4, 1, 0], [0, 7, 1, 2, 2]);
    }

    [TestMethod]
    [DataRow(float.NaN)]
    [DataRow(float.PositiveInfinity)]
    [DataRow(float.NegativeInfinity)]
    public void Numbers_that_are_not_finite_are_read_as_missing(float gap)
    {
        var view = Ml.Data.LoadFromEnumerable<Person>(
            [new() { Features = [1, gap], City = 1, Pets = [1, 1] }, new() { Features = [1, 2], City = 1, Pets = [1, 1] }]);
        var columns = Columns(view, NetworkInputs.Numbers | NetworkInputs.Categories, ["City"]);
        using var cursor = view.GetRowCursor(view.Schema);
        var reader = columns.Open(cursor);
        cursor.MoveNext();
        var row = new float[3];
        Assert.IsTrue(reader.TryRead(row, out var fault));
        Assert.IsNull(fault);
        Assert.IsTrue(reader.HasGaps);
        CollectionAssert.AreEqual(new[] { 1, float.NaN, 2 }, row);
        cursor.MoveNext();
        Assert.IsTrue(reader.TryRead(row, out _));
        Assert.IsFalse(reader.HasGaps);
    }

    /// <summary>BERT's [SEP], behind which nothing of a text comes.</summary>
    [TestMethod]
    public void The_end_of_a_text_is_kept_where_it_is_asked_for()
    {
        var view = Ml.Data.LoadFromEnumerable<Sentence>([new() { Tokens = [1, 5] }, new() { Tokens = [2, 0, 3, 4, 5] }, new() { Tokens = [1, 2, 3, 0] }, new() { Tokens = [1, 2, 3] }]);
        var columns = Columns(view, NetworkInputs.Texts, [], keepsLastToken: true);
        using var cursor = view.GetRowCursor(view.Schema);
        var reader = columns.Open(cursor);
        var row = new float[3];
        foreach (var expected in new float[][] { [2, 6, 0], [3, 1, 6], [2, 3, 1], [2, 3, 4] })
        {
            cursor.MoveNext();
            Assert.IsTrue(reader.TryRead(row, out _));
            CollectionAssert.AreEqual(expected, row);
        }

        Assert.AreEqual(2, reader.CutRows);
    }

    [TestMethod]
    public void Texts_are_padded_and_cut_and_their_unknown_words_have_a_token_of_their_own()
    {
        var view = Ml.Data.LoadFromEnumerable<Sentence>([new() { Tokens = [1, 5] }, new() { Tokens = [2, 0, 3, 4, 4] }, new() { Tokens = [] }]);
        var columns = Columns(view, NetworkInputs.Texts, []);
        Assert.AreEqual(new TextInput(MaxLength: 3, Vocabulary: 5), columns.Layout.Text);
        Assert.AreEqual(7, columns.Layout.Text!.TableSize);

        using var cursor = view.GetRowCursor(view.Schema);
        var reader = columns.Open(cursor);
        var row = new float[3];
        cursor.MoveNext();
        Assert.IsTrue(reader.TryRead(row, out _));
        CollectionAssert.AreEqual(new float[] { 2, 6, 0 }, row);
        Assert.AreEqual(0, reader.CutRows);
        cursor.MoveNext();
        Assert.IsTrue(reader.TryRead(row, out _));
        CollectionAssert.AreEqual(new float[] { 3, 1, 4 }, row);
        Assert.AreEqual(1, reader.CutRows);

        // Training leaves a text without tokens out, and a model has an answer to it.
        cursor.MoveNext();
        Assert.IsFalse(reader.TryRead(row, out var fault));
        Assert.IsNull(fault);
        CollectionAssert.AreEqual(new float[] { 1, 0, 0 }, row);
    }

    [TestMethod]
    public void Images_have_the_shape_of_their_type_or_the_one_that_is_given()
    {
        var typed = View(new VectorDataViewType(NumberDataViewType.Single, 3, 8, 6));
        Assert.AreEqual(new ImageShape(8, 6, 3), Columns(typed, NetworkInputs.Images, []).Layout.Image);

        var flat = View(new VectorDataViewType(NumberDataViewType.Single, 48));
        Assert.AreEqual(new ImageShape(6, 8), Columns(flat, NetworkInputs.Images, [], new ImageShape(6, 8)).Layout.Image);
        AssertRefused(() => Columns(flat, NetworkInputs.Images, []), "ImageShape must be given", "'Features'", "48");
        AssertRefused(() => Columns(flat, NetworkInputs.Images, [], new ImageShape(7, 8)), "ImageShape is 1 x 7 x 8", "48");
        AssertRefused(() => Columns(flat, NetworkInputs.Numbers, [], new ImageShape(6, 8)), "ImageShape is 1 x 6 x 8", "does not read images");
    }

    [TestMethod]
    public void Sequences_have_the_steps_of_their_type()
    {
        Assert.AreEqual(5, Steps(5, 3));
        Assert.AreEqual(15, Steps(15));
        AssertRefused(() => Steps(5, 3, 2), "'Features'", "steps, numbers of a step", "Vector<Single, 5, 3, 2>");

        static int Steps(params int[] dimensions) =>
            Columns(View(new VectorDataViewType(NumberDataViewType.Single, dimensions)), NetworkInputs.Sequences, []).Layout.Steps;
    }

    [TestMethod]
    public void Columns_that_the_architecture_cannot_read_are_refused_by_name()
    {
        var people = Ml.Data.LoadFromEnumerable<Person>([]);
        var sentences = Ml.Data.LoadFromEnumerable<Sentence>([]);
        AssertRefused(() => Columns(sentences, NetworkInputs.Numbers, []), "feature", "'Tokens'", "Vector<Single> of known size", "Vector<Key<UInt32, 0-4>>");
        AssertRefused(() => Columns(people, NetworkInputs.Texts, []), "feature", "'Features'", "Vector<Key<UInt32>>", "Vector<Single, 2>");
        AssertRefused(() => Columns(people, NetworkInputs.Numbers, ["City"]), "CategoricalColumnNames", "'City'", "reads no categories");
        AssertRefused(() => Columns(people, NetworkInputs.Numbers | NetworkInputs.Categories, ["Town"]), "category", "'Town'");
        AssertRefused(() => Columns(people, NetworkInputs.Numbers | NetworkInputs.Categories, ["Age"]), "category", "'Age'", "Key<UInt32>", "Single");
        AssertRefused(() => Columns(sentences, NetworkInputs.Texts, ["Tokens"]), "CategoricalColumnNames", "'Tokens'", "read alone");
    }

    [TestMethod]
    public void Rows_to_score_must_have_the_vocabulary_and_the_values_of_training()
    {
        var people = Ml.Data.LoadFromEnumerable<Person>([]);
        var layout = Columns(people, NetworkInputs.Numbers | NetworkInputs.Categories, ["City"]).Layout;
        Assert.AreEqual(layout, InputColumns.Find(Ml, people.Schema, "Features", layout).Layout);
        var fewer = layout with { Categories = [new CategoryInput("City", 1, 3)] };
        AssertRefused(() => InputColumns.Find(Ml, people.Schema, "Features", fewer), "category", "'City'", "of 3 values", "of 4 values");
        AssertRefused(() => InputColumns.Find(Ml, people.Schema, "Features", new InputLayout { Numbers = 3 }), "'Features'", "Vector<Single, 3>", "Vector<Single, 2>");

        var sentences = Ml.Data.LoadFromEnumerable<Sentence>([]);
        var texts = new InputLayout { Text = new TextInput(3, 9) };
        AssertRefused(() => InputColumns.Find(Ml, sentences.Schema, "Tokens", texts), "'Tokens'", "Vector<Key<UInt32, 0-8>>", "Vector<Key<UInt32, 0-4>>");
    }

    private static InputColumns Columns(IDataView view, NetworkInputs takes, string[] categories, ImageShape? shape = null, bool keepsLastToken = false) => InputColumns.Of(
        Ml,
        view.Schema,
        InputRequests.Of(view.Schema.GetColumnOrNull("Tokens") is null ? "Features" : "Tokens", new ReadingArchitecture(takes, Length: 3, keepsLastToken)) with
        {
            CategoricalColumnNames = categories,
            ImageShape = shape,
        });

    private static IDataView View(DataViewType type)
    {
        var schema = SchemaDefinition.Create(typeof(Person));
        schema["Features"].ColumnType = type;
        return Ml.Data.LoadFromEnumerable<Person>([], schema);
    }

    private static void AssertRows(InputColumns columns, IDataView view, params float[][] expected)
    {
        using var cursor = view.GetRowCursor(view.Schema);
        var reader = columns.Open(cursor);
        foreach (var row in expected)
        {
            Assert.IsTrue(cursor.MoveNext());
            var actual = new float[columns.Layout.Width];
            Assert.IsTrue(reader.TryRead(actual, out var fault), fault);
            CollectionAssert.AreEqual(row, actual);
        }
    }

    private static void AssertRefused(Action action, params string[] fragments)
    {
        var error = Assert.Throws<ArgumentException>(action);
        foreach (var fragment in fragments)
            Assert.Contains(fragment, error.Message);
    }

    private sealed class Person
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        [KeyType(4)]
        public uint City { get; set; }

        [KeyType(2)]
        [VectorType(2)]
        public uint[] Pets { get; set; } = [];

        public float Age { get; set; }
    }

    private sealed class Sentence
    {
        [KeyType(5)]
        public uint[] Tokens { get; set; } = [];
    }
}
