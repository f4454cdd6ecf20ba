using System.IO.Compression;
using System.Text;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Tokenization;

/// <summary>Subwords as a part of ordinary ML.NET pipelines and of networks for texts.</summary>
[TestClass]
public sealed class SubwordTokenizingTransformerTests
{
    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<object[]> Vocabularies =>
    [
        ["pieces of words", TinyVocabularies.WordPiece(lowerCase: false, addSpecialTokens: true)], ["bytes", TinyVocabularies.BytePairs()],
        ["characters", TinyVocabularies.BytePairs(byteLevel: false, "<unk>")],
    ];

    [TestMethod]
    public void Keys_are_ids_plus_one_and_their_values_the_tokens()
    {
        var view = View("Unaffable runs", "", "zzz");
        var tokens = Tokenize(TinyVocabularies.WordPiece()).Fit(view).Transform(view);

        var keys = tokens.GetColumn<uint[]>("Tokens").ToArray();
        CollectionAssert.AreEqual(new uint[] { 6, 7, 8, 10, 12 }, keys[0]);
        Assert.IsEmpty(keys[1]);
        CollectionAssert.AreEqual(new uint[] { 2 }, keys[2]);

        var type = (VectorDataViewType)tokens.Schema["Tokens"].Type;
        Assert.IsFalse(type.IsKnownSize);
        Assert.AreEqual(new KeyDataViewType(typeof(uint), TinyVocabularies.Words.Length), type.ItemType);
        VBuffer<ReadOnlyMemory<char>> values = default;
        tokens.Schema["Tokens"].GetKeyValues(ref values);
        CollectionAssert.AreEqual(TinyVocabularies.Words, values.DenseValues().Select(value => value.ToString()).ToArray());

        var back = _ml.Transforms.Conversion.MapKeyToValue("Tokens").Fit(tokens).Transform(tokens).GetColumn<string[]>("Tokens").First();
        CollectionAssert.AreEqual(new[] { "un", "##aff", "##able", "run", "##s" }, back);
    }

    [TestMethod]
    [DynamicData(nameof(Vocabularies))]
    public void Files_engines_and_parallel_cursors_give_the_same(string kind, SubwordVocabulary vocabulary)
    {
        var repeated = Enumerable.Range(0, 100).Select(row => string.Concat(Enumerable.Repeat("lower ", row % 7)));
        string[] texts = ["low lower x", "Run running", "", "é $5 \uD83D", .. repeated];
        var view = View(texts);
        var model = Tokenize(vocabulary).Fit(view);
        var expected = Keys(model.Transform(view));

        using var file = new MemoryStream();
        _ml.Model.Save(model, view.Schema, file);
        file.Position = 0;
        var fresh = new MLContext();
        var loaded = fresh.Model.Load(file, out var schema);
        CollectionAssert.AreEqual(expected, Keys(loaded.Transform(view)));
        CollectionAssert.AreEqual(
            vocabulary.Tokens.ToArray(), ((SubwordTokenizingTransformer)loaded).Vocabulary.Tokens.ToArray());

        // Once more, from the loaded one: the bytes have come with it.
        using var again = new MemoryStream();
        fresh.Model.Save(loaded, schema, again);
        again.Position = 0;
        CollectionAssert.AreEqual(expected, Keys(new MLContext().Model.Load(again, out _).Transform(view)));

        using var engine = fresh.Model.CreatePredictionEngine<Sentence, Tokenized>(loaded);
        CollectionAssert.AreEqual(expected, texts.Select(text => string.Join(' ', engine.Predict(new Sentence { Text = text }).Tokens)).ToArray());

        var cached = loaded.Transform(_ml.Data.Cache(view));
        var cursors = cached.GetRowCursorSet(cached.Schema, 4);
        var parts = new List<(long Row, string Keys)>[cursors.Length];
        Parallel.For(0, cursors.Length, part =>
        {
            using var cursor = cursors[part];
            parts[part] = Read(cursor);
        });
        CollectionAssert.AreEqual(expected, parts.SelectMany(part => part).OrderBy(row => row.Row).Select(row => row.Keys).ToArray());
    }

    [TestMethod]
    public void The_model_file_holds_the_files_byte_for_byte()
    {
        var view = View("low");
        using var file = new MemoryStream();
        _ml.Model.Save(Tokenize(TinyVocabularies.BytePairs()).Fit(view), view.Schema, file);

        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        Assert.AreEqual(TinyVocabularies.Merges, Content("merges.txt"));
        Assert.AreEqual(TinyVocabularies.Pairs, Content("vocab.json"));

        string Content(string name)
        {
            using var reader = new StreamReader(zip.Entries.Single(entry => entry.Name == name).Open(), Encoding.UTF8);
            return reader.ReadToEnd();
        }
    }

    [TestMethod]
    public void The_estimator_promises_the_columns_that_the_transformer_gives()
    {
        var view = View("low");
        var estimator = Tokenize(TinyVocabularies.WordPiece());

        SchemaShapes.AssertEqual(SchemaShapes.Of(estimator.Fit(view).Transform(view).Schema), estimator.GetOutputSchema(SchemaShapes.Of(view.Schema)));
    }

    [TestMethod]
    public void Both_overloads_give_the_same_and_a_column_may_replace_the_texts()
    {
        var view = View("unaffable", "runs");
        var vocabulary = TinyVocabularies.WordPiece();
        var expected = Keys(Tokenize(vocabulary).Fit(view).Transform(view));
        var options = new SubwordTokenizationOptions { InputColumnName = "Text", Vocabulary = vocabulary };

        CollectionAssert.AreEqual(expected, Keys(_ml.Transforms.Text.TokenizeIntoSubwords(options).Fit(view).Transform(view)));
        var replaced = _ml.Transforms.Text.TokenizeIntoSubwords("Text", null, vocabulary).Fit(view).Transform(view);
        CollectionAssert.AreEqual(expected, replaced.GetColumn<uint[]>("Text").Select(keys => string.Join(' ', keys)).ToArray());
    }

    [TestMethod]
    public void Columns_that_hold_no_texts_are_refused_by_name()
    {
        var view = _ml.Rows(5);
        var vocabulary = TinyVocabularies.WordPiece();
        AssertRefused("Nowhere", "'Nowhere'");
        AssertRefused("Features", "'Features'", "String", "Vector<Single");

        Assert.ThrowsExactly<ArgumentNullException>(() => _ml.Transforms.Text.TokenizeIntoSubwords("Tokens", "Text", null!));
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() =>
                _ml.Transforms.Text.TokenizeIntoSubwords(" ", "Text", vocabulary)).Message, "OutputColumnName");

        void AssertRefused(string column, params string[] parts)
        {
            var estimator = _ml.Transforms.Text.TokenizeIntoSubwords("Tokens", column, vocabulary);
            var errors = new[]
            {
                Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => estimator.Fit(view)),
                Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => estimator.GetOutputSchema(SchemaShapes.Of(view.Schema))),
            };
            foreach (var error in errors)
            {
                foreach (var part in parts)
                    StringAssert.Contains(error.Message, part);
            }
        }
    }

    [TestMethod]
    [DoNotParallelize]
    public void A_network_learns_on_pieces_and_knows_words_it_has_not_seen()
    {
        // Texts are true where a word has the piece ##able; those of the test have it in other words.
        var train = Sentences(["unable", "runable", "aable"], ["runs", "running", "unaff"], 120);
        var test = Sentences(["resumeable", "5able", "affable"], ["resumes", "5ning", "as"], 60);
        var pipeline = Tokenize(TinyVocabularies.WordPiece())
            .AppendCacheCheckpoint(_ml)
            .Append(_ml.BinaryClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                FeatureColumnName = "Tokens",
                Architecture = NetworkArchitecture.TextTransformer(16, 1, 2, 8),
                Recipe = RegularizationRecipe.None,
                MaxEpochs = 15,
                BatchSize = 16,
                LearningRate = 0.005,
            }));

        var model = pipeline.Fit(train);

        Assert.IsGreaterThan(0.9, _ml.BinaryClassification.Evaluate(model.Transform(test)).Accuracy);
        using var file = new MemoryStream();
        _ml.Model.Save(model, train.Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);
        CollectionAssert.AreEqual(
            model.Transform(test).GetColumn<float>("Score").ToArray(), loaded.Transform(test).GetColumn<float>("Score").ToArray());
    }

    private SubwordTokenizingEstimator Tokenize(SubwordVocabulary vocabulary) => _ml.Transforms.Text.TokenizeIntoSubwords("Tokens", "Text", vocabulary);

    private IDataView View(params string[] texts) => _ml.Data.LoadFromEnumerable(texts.Select((text, row) => new Sentence { Text = text, Row = row }).ToList());

    private IDataView Sentences(string[] positive, string[] negative, int count) =>
        _ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(row =>
        {
            var words = row % 2 == 0 ? positive : negative;
            return new Sentence { Text = string.Join(' ', Enumerable.Repeat("a", row % 3).Append(words[row / 2 % 3]).Append("run")), Label = row % 2 == 0 };
        }).ToList());

    private static string[] Keys(IDataView view) => [.. view.GetColumn<uint[]>("Tokens").Select(keys => string.Join(' ', keys))];

    private static List<(long Row, string Keys)> Read(DataViewRowCursor cursor)
    {
        var tokens = cursor.GetGetter<VBuffer<uint>>(cursor.Schema["Tokens"]);
        var row = cursor.GetGetter<long>(cursor.Schema[nameof(Sentence.Row)]);
        var rows = new List<(long, string)>();
        VBuffer<uint> keys = default;
        long number = 0;
        while (cursor.MoveNext())
        {
            tokens(ref keys);
            row(ref number);
            rows.Add((number, string.Join(' ', keys.DenseValues())));
        }

        return rows;
    }

    private sealed class Sentence
    {
        public string Text { get; set; } = "";

        public bool Label { get; set; }

        public long Row { get; set; }
    }

    private sealed class Tokenized
    {
        public uint[] Tokens { get; set; } = [];
    }
}
