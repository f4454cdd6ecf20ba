using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Text;

[TestClass]
public sealed class BackTranslationTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Texts_go_there_and_back_in_batches_of_distinct_ones_in_order_once()
    {
        var translator = new Recorder();
        var options = new BackTranslationOptions { Translator = translator, BatchSize = 2, SourceLanguage = "en", PivotLanguage = "fr" };
        var view = _ml.Data.Augment(_ml.ViewOf("a", "b", "a", "", null, "😀!", "c", "b"), options);
        Assert.IsEmpty(translator.Calls);
        var expected = new[] { "a>fr>en", "b>fr>en", "a>fr>en", "", "", "😀!", "c>fr>en", "b>fr>en" };
        CollectionAssert.AreEqual(expected, view.GetColumn<string>("Text").ToArray());
        var calls = new[] { "en>fr: a|b", "fr>en: a>fr|b>fr", "en>fr: c", "fr>en: c>fr" };
        CollectionAssert.AreEqual(calls, translator.Calls.ToArray());

        CollectionAssert.AreEqual(expected, view.GetColumn<string>("Text").ToArray());
        using var cursor = view.InPass(1).GetRowCursor(view.Schema);
        var getter = cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["Text"]);
        ReadOnlyMemory<char> text = default;
        while (cursor.MoveNext())
            getter(ref text);
        CollectionAssert.AreEqual(calls, translator.Calls.ToArray(), "later passes are remembered");
    }

    [TestMethod]
    public void Nothing_is_translated_until_a_text_is_asked_for()
    {
        var translator = new Recorder();
        var view = _ml.Data.Augment(_ml.Data.LoadFromEnumerable(Example.Clusters(5)), new BackTranslationOptions { Translator = translator, TextColumnName = "Sentence" });
        Assert.HasCount(5, view.GetColumn<float>("Weight").ToArray());
        Assert.IsEmpty(translator.Calls);
    }

    [TestMethod]
    public void Held_out_texts_are_not_translated()
    {
        var translator = new Recorder();
        var source = _ml.Data.Augment(_ml.Data.LoadFromEnumerable(Example.Clusters(200)), new HoldOutOptions { Fraction = 0.4 });
        var heldOut = source.GetColumn<bool>(HeldOutMark.ColumnName).ToList();
        var rows = _ml.Data.Augment(source, new BackTranslationOptions { Translator = translator, TextColumnName = "Sentence" }).Read();
        Assert.IsTrue(rows.TrueForAll(row => heldOut[row.Source] != row.Sentence.EndsWith(">de>en", StringComparison.Ordinal)));
        Assert.AreEqual(2 * heldOut.Count(mark => !mark), translator.Calls.Sum(call => call.Split('|').Length));
    }

    [TestMethod]
    public void Parallel_cursors_share_one_translation_called_from_one_thread_at_a_time()
    {
        var translator = new Recorder(delay: true);
        var source = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(Example.Clusters(400)));
        var view = _ml.Data.Augment(source, new BackTranslationOptions { Translator = translator, TextColumnName = "Sentence" });
        var rows = view.ReadInParallel(4);
        Assert.HasCount(400, rows);
        Assert.IsTrue(rows.TrueForAll(row => row.Sentence.EndsWith(">de>en", StringComparison.Ordinal)));
        Assert.HasCount(2 * 13, translator.Calls);
        Assert.AreEqual(1, translator.MostAtOnce);
    }

    [TestMethod]
    public void Probability_draws_anew_in_each_pass_and_a_certain_one_does_not()
    {
        const int rows = 4000;
        var options = new BackTranslationOptions { Translator = new Recorder(), Probability = 0.25 };
        Assert.AreEqual(0.25, _ml.Repeat(rows, options, "a").Shares()["a>de>en"], Sentences.Tolerance(0.25, rows));
        Assert.IsTrue(((AugmentedView)_ml.Data.Augment(_ml.ViewOf("a"), options)).DrawsAnew);
        Assert.IsFalse(((AugmentedView)_ml.Data.Augment(_ml.ViewOf("a"), options with { Probability = 1 })).DrawsAnew);
        CollectionAssert.AreEqual(new[] { "a", "a>de>en" }, _ml.Augment(options with { Probability = 1, Copies = 1 }, "a"));
    }

    [TestMethod]
    public void Texts_beyond_the_cache_are_translated_alone_with_a_warning()
    {
        var log = new LogRecorder(_ml);
        var translator = new Recorder();
        var view = _ml.Data.Augment(_ml.ViewOf("a", "b", "c", "d"), new BackTranslationOptions { Translator = translator, CacheSize = 3 });
        for (var pass = 1; pass <= 2; pass++)
        {
            CollectionAssert.AreEqual(new[] { "a>de>en", "b>de>en", "c>de>en", "d>de>en" }, view.GetColumn<string>("Text").ToArray());
            Assert.HasCount(2 + 2 * pass, translator.Calls);
        }

        Assert.IsTrue(log.Warnings.Any(warning => warning.Contains("CacheSize") && warning.Contains("more than 3 different texts")));
    }

    [TestMethod]
    public void Texts_that_change_before_it_are_translated_and_remembered()
    {
        var translator = new Recorder();
        var swapped = _ml.Data.Augment(_ml.ViewOf("a b"), new RandomSwapOptions { Probability = 0.5 });
        var view = _ml.Data.Augment(swapped, new BackTranslationOptions { Translator = translator });
        var seen = new HashSet<string>();
        for (var pass = 0; pass < 40; pass++)
        {
            using var cursor = view.InPass(pass).GetRowCursor(view.Schema);
            var getter = cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["Text"]);
            ReadOnlyMemory<char> text = default;
            Assert.IsTrue(cursor.MoveNext());
            getter(ref text);
            seen.Add(text.ToString());
        }

        CollectionAssert.AreEquivalent(new[] { "a b>de>en", "b a>de>en" }, seen.ToArray());
        Assert.HasCount(4, translator.Calls);
    }

    [TestMethod]
    public void A_blank_translation_leaves_the_text()
    {
        var options = new BackTranslationOptions { Translator = TextTranslator.FromDelegate((text, _, to) => text == "a" && to == "en" ? " " : text.ToUpperInvariant()) };
        CollectionAssert.AreEqual(new[] { "A", "B" }, _ml.Augment(options, "a", "b").ConvertAll(text => text.ToUpperInvariant()));
        options = options with { Translator = TextTranslator.FromDelegate((text, _, to) => to == "en" ? "" : text) };
        CollectionAssert.AreEqual(new[] { "a b" }, _ml.Augment(options, "a b"));
    }

    [TestMethod]
    public void A_translator_that_breaks_its_contract_is_named_with_row_and_text()
    {
        var longText = new string('x', 59) + "😀 and so on";
        foreach (var (translate, fragments) in new (Func<IReadOnlyList<string>, string, Task<IReadOnlyList<string>>>, string[])[]
        {
            ((_, _) => throw new InvalidDataException("no key"), ["from 'en' to 'de'", "failed", "no key"]),
            ((_, _) => Task.FromException<IReadOnlyList<string>>(new InvalidDataException("no net")), ["failed", "no net"]),
            ((_, _) => Task.FromCanceled<IReadOnlyList<string>>(new CancellationToken(true)), ["failed"]),
            ((_, _) => null!, ["failed"]),
            ((_, _) => Task.FromResult<IReadOnlyList<string>>(null!), ["returned null", "one translation for each text"]),
            ((_, _) => Task.FromResult<IReadOnlyList<string>>(["x"]), ["returned 1 translations", "one for each text"]),
            ((texts, _) => Task.FromResult<IReadOnlyList<string>>([.. texts, "x"]), ["returned 3 translations"]),
            ((texts, to) => Task.FromResult<IReadOnlyList<string>>(to == "en" ? ["x", null!] : texts), ["from 'de' to 'en'", "returned null for text 1"]),
        })
        {
            var options = new BackTranslationOptions { Translator = TextTranslator.FromDelegate((texts, _, to, _) => translate(texts, to)) };
            var error = Assert.Throws<InvalidOperationException>(() => _ml.Augment(options, "", longText, "second"));
            foreach (var fragment in fragments.Concat(["BackTranslation", "DelegateTranslator", "2 text(s)", "'Text'", "in row 1", $"\"{new string('x', 59)}…\""]))
                Assert.Contains(fragment, error.Message);
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_translator_that_hangs_is_given_up_and_told_so(bool blocks)
    {
        using var release = new ManualResetEventSlim();
        CancellationToken given = default;
        var translator = TextTranslator.FromDelegate(async (texts, _, _, cancellationToken) =>
        {
            given = cancellationToken;
            if (blocks)
                release.Wait(CancellationToken.None);
            else
                await Task.Delay(System.Threading.Timeout.Infinite, cancellationToken);
            return texts;
        });
        var options = new BackTranslationOptions { Translator = translator, Timeout = TimeSpan.FromMilliseconds(200) };
        var error = Assert.Throws<InvalidOperationException>(() => _ml.Augment(options, "a"));
        foreach (var fragment in new[] { "did not answer within 0.2 s", "Timeout", "BatchSize", "\"a\"" })
            Assert.Contains(fragment, error.Message);
        Assert.IsTrue(given.IsCancellationRequested);
        release.Set();
    }

    [TestMethod]
    public void Cancelling_the_context_ends_the_wait()
    {
        using var started = new ManualResetEventSlim();
        var translator = TextTranslator.FromDelegate(async (texts, _, _, cancellationToken) =>
        {
            started.Set();
            await Task.Delay(System.Threading.Timeout.Infinite, cancellationToken);
            return texts;
        });
        var reading = Task.Run(() => _ml.Augment(new BackTranslationOptions { Translator = translator, Timeout = TimeSpan.FromHours(1) }, "a"));
        started.Wait();
        // What AutoML cancels by; not public.
        typeof(MLContext).GetMethod("CancelExecution", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(_ml, null);
        Assert.Throws<OperationCanceledException>(() => reading.GetAwaiter().GetResult());
    }

    [TestMethod]
    public void It_does_not_wait_for_the_callers_own_thread()
    {
        var before = SynchronizationContext.Current;
        try
        {
            SynchronizationContext.SetSynchronizationContext(new NeverRuns());
            var translator = TextTranslator.FromDelegate(async (texts, _, to, _) =>
            {
                await Task.Yield();
                return [.. texts.Select(text => $"{text}>{to}")];
            });
            Assert.AreEqual("a>de>en", _ml.Augment(new BackTranslationOptions { Translator = translator, Timeout = TimeSpan.FromSeconds(20) }, "a").Single());
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    [TestMethod]
    public void After_a_failure_it_goes_on_where_it_was()
    {
        var fails = true;
        var calls = new List<string>();
        var translator = TextTranslator.FromDelegate((text, _, to) =>
        {
            calls.Add($"{text}>{to}");
            return text == "b" && fails ? throw new InvalidDataException("down") : text + "!";
        });
        var view = _ml.Data.Augment(_ml.ViewOf("a", "b"), new BackTranslationOptions { Translator = translator, BatchSize = 1 });
        Assert.Throws<InvalidOperationException>(() => view.GetColumn<string>("Text").ToArray());
        fails = false;
        CollectionAssert.AreEqual(new[] { "a!!", "b!!" }, view.GetColumn<string>("Text").ToArray());
        CollectionAssert.AreEqual(new[] { "a>de", "a!>en", "b>de", "b>de", "b!>en" }, calls);
    }

    [TestMethod]
    public void A_loaded_model_has_no_translator_and_needs_none()
    {
        var view = _ml.ViewOf("a", "b");
        var options = new BackTranslationOptions { Translator = new Recorder(), Timeout = TimeSpan.FromSeconds(5), PivotLanguage = "fr" };
        using var file = new MemoryStream();
        _ml.Model.Save(_ml.Transforms.Text.BackTranslation(options).Fit(view), view.Schema, file);
        file.Position = 0;
        var loaded = (TrainingOnlyTransformer)new MLContext().Model.Load(file, out _);
        Assert.AreEqual(options with { Translator = null! }, loaded.Options);
        CollectionAssert.AreEqual(new[] { "a", "b" }, loaded.Transform(view).GetColumn<string>("Text").ToArray());
        var error = Assert.Throws<ArgumentException>(() => _ml.Data.Augment(view, loaded.Options));
        Assert.Contains("Translator must be given", error.Message);
    }

    // Writes what it was asked for behind each text.
    private sealed class Recorder(bool delay = false) : ITextTranslator
    {
        private int _atOnce;

        public ConcurrentQueue<string> Calls { get; } = new();

        public int MostAtOnce { get; private set; }

        public async Task<IReadOnlyList<string>> TranslateAsync(
            IReadOnlyList<string> texts, string sourceLanguage, string targetLanguage, CancellationToken cancellationToken)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _atOnce));
            Calls.Enqueue($"{sourceLanguage}>{targetLanguage}: {string.Join('|', texts)}");
            if (delay)
                await Task.Delay(2, cancellationToken);
            Interlocked.Decrement(ref _atOnce);
            return [.. texts.Select(text => $"{text}>{targetLanguage}")];
        }
    }

    // What is posted to it waits forever.
    private sealed class NeverRuns : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }
}
