using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.ML.Regularization.Tests.Training.Checkpoints;

namespace Microsoft.ML.Regularization.Tests.Reports;

[TestClass]
public sealed partial class ModelReportTests
{
    private readonly MLContext _ml = new(seed: 1);

    private IDataView Rows => _ml.Data.LoadFromEnumerable(ReportExample.Make(seed: 2));

    [TestMethod]
    public void Two_classes_have_thresholds_and_figures_that_evaluation_gives_too()
    {
        var model = ReportExample.FitBinary(_ml, Rows);
        var metrics = _ml.BinaryClassification.Evaluate(model.Transform(Rows));

        var html = Report(model);

        AssertSections(html, "How good it is", "How it learned", "Thresholds", "Can its probabilities be trusted", "What it confuses", "Which columns matter", "What numbers do", "Where it fails", "Model card");
        StringAssert.Contains(html, FormattableString.Invariant($"{metrics.AreaUnderRocCurve:0.0000}"));
        StringAssert.Contains(html, FormattableString.Invariant($"{1 - metrics.Accuracy:0.0%}"));

        // ML.NET's is in bits.
        StringAssert.Contains(html, FormattableString.Invariant($"{metrics.LogLoss * Math.Log(2):0.0000}"));
    }

    [TestMethod]
    public void Several_classes_have_names_that_are_escaped()
    {
        var label = _ml.Transforms.Conversion.MapValueToKey("Label", nameof(ReportExample.Row.Kind));
        var model = ReportExample.Fit(_ml, Rows, label, _ml.MulticlassClassification.Trainers.NeuralNetwork(ReportExample.Options));
        var metrics = _ml.MulticlassClassification.Evaluate(model.Transform(Rows));

        var html = Report(model);

        AssertSections(html, "How good it is", "How it learned", "Can its probabilities be trusted", "What it confuses", "Which columns matter", "What numbers do", "Where it fails", "Model card");
        StringAssert.Contains(html, "&lt;b&gt;2&amp;");
        Assert.IsFalse(html.Contains("<b>", StringComparison.Ordinal));
        StringAssert.Contains(html, FormattableString.Invariant($"{metrics.LogLoss:0.0000}"));
        StringAssert.Contains(html, FormattableString.Invariant($"{1 - metrics.MicroAccuracy:0.0%}"));
    }

    [TestMethod]
    public void Numbers_have_residuals()
    {
        var label = _ml.Transforms.CopyColumns("Label", nameof(ReportExample.Row.Number));
        var model = ReportExample.Fit(_ml, Rows, label, _ml.Regression.Trainers.NeuralNetwork(ReportExample.Options));
        var metrics = _ml.Regression.Evaluate(model.Transform(Rows));

        var html = Report(model);

        AssertSections(html, "How good it is", "How it learned", "How far it is off", "Which columns matter", "What numbers do", "Where it fails", "Model card");
        StringAssert.Contains(html, FormattableString.Invariant($"{metrics.RootMeanSquaredError:0.0000}"));
        StringAssert.Contains(html, FormattableString.Invariant($"{metrics.RSquared:0.0%}"));
    }

    [TestMethod]
    public void Models_of_other_trainers_are_reported_but_for_how_they_learned()
    {
        var model = ReportExample.Fit(_ml, Rows, ReportExample.IsYes(_ml), _ml.BinaryClassification.Trainers.LbfgsLogisticRegression());

        AssertSections(Report(model), "How good it is", "Thresholds", "Can its probabilities be trusted", "What it confuses", "Which columns matter", "What numbers do", "Where it fails", "Model card");
    }

    [TestMethod]
    public void A_pack_tells_which_settings_won()
    {
        var options = new NeuralNetworkOptions { Pack = new PackOptions { Members = 2 }, MaxEpochs = 5, Seed = 1 };
        var model = ReportExample.Fit(_ml, Rows, ReportExample.IsYes(_ml), _ml.BinaryClassification.Trainers.NeuralNetwork(options));

        StringAssert.Contains(Report(model), "A pack of 2 networks");
    }

    [TestMethod]
    public void What_is_told_by_the_options_is_in_the_page()
    {
        var options = new ReportOptions { Title = "Credits <2026>", Purpose = "To ask a human", Limits = "Not for firms", FalseAlarmCost = 2, MissCost = 30, ImportanceRows = 0 };

        var html = Report(ReportExample.FitBinary(_ml, Rows), options);

        foreach (var text in new[] { "Credits &lt;2026&gt;", "To ask a human", "Not for firms", "a false alarm costs 2 and a miss 30" })
            StringAssert.Contains(html, text);
        Assert.IsFalse(html.Contains("Which columns matter", StringComparison.Ordinal));
    }

    [TestMethod]
    public void A_wrong_label_is_among_the_rows_of_greatest_loss()
    {
        var rows = ReportExample.Make(seed: 2);
        var model = ReportExample.FitBinary(_ml, _ml.Data.LoadFromEnumerable(rows));
        var wrong = Array.FindIndex(rows, row => row.Much > 0.9f);
        rows[wrong].Answer = "no";
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "report.html");

        _ml.Regularization().Report(model, _ml.Data.LoadFromEnumerable(rows), file, new ReportOptions { WorstRows = 3, ImportanceRows = 100 });

        var table = Table().Matches(File.ReadAllText(file)).Select(match => match.Value).Single(text => text.Contains(">predicted<", StringComparison.Ordinal));
        var line = XDocument.Parse(table).Descendants("tr").ElementAt(1).Elements().Select(cell => cell.Value).ToList();
        CollectionAssert.AreEqual(new[] { $"{wrong}", "false" }, line.Take(2).ToArray());
        StringAssert.StartsWith(line[2], "true with ");
        Assert.Contains(rows[wrong].Much.ToString("G6", CultureInfo.InvariantCulture), line);
        Assert.IsFalse(Report(model).Contains("Rows of greatest loss", StringComparison.Ordinal));
    }

    [TestMethod]
    public void The_same_seed_gives_the_same_page()
    {
        var model = ReportExample.FitBinary(_ml, Rows);
        var options = new ReportOptions { MostRows = 100 };

        Assert.AreEqual(Report(model, options), Report(model, options));
        Assert.AreNotEqual(Report(model, options), Report(model, options with { Seed = 2 }));
    }

    [TestMethod]
    public void What_cannot_be_reported_is_an_error_and_nothing_is_written()
    {
        var model = ReportExample.FitBinary(_ml, Rows);
        AssertRefused<ArgumentException>("no column 'Answers'", model, Rows, new() { LabelColumnName = "Answers" });
        AssertRefused<ArgumentException>("Column 'Kind' is String", model, Rows, new() { LabelColumnName = "Kind" });
        AssertRefused<ArgumentException>("does not predict", _ml.Transforms.CopyColumns("Label", "Much").Fit(Rows), Rows, new());
        AssertRefused<ArgumentException>("no row with a label", model, _ml.Data.LoadFromEnumerable<ReportExample.Row>([]), new());
        AssertRefused<ArgumentOutOfRangeException>("MostRows", model, Rows, new() { MostRows = 0 });
        AssertRefused<ArgumentOutOfRangeException>("Shuffles", model, Rows, new() { Shuffles = 1 });
        AssertRefused<OperationCanceledException>("", model, Rows, new() { CancellationToken = new CancellationToken(canceled: true) });
        AssertRefused<ArgumentException>("'Much'", model, _ml.Transforms.DropColumns("Much").Fit(Rows).Transform(Rows), new());
        var number = ReportExample.Fit(_ml, Rows, _ml.Transforms.CopyColumns("Label", "Number"), _ml.Regression.Trainers.NeuralNetwork(ReportExample.Options));
        var unknown = ReportExample.Make(seed: 2);
        Array.ForEach(unknown, row => row.Number = float.NaN);
        AssertRefused<ArgumentException>($"{unknown.Length} lack one", number, _ml.Data.LoadFromEnumerable(unknown), new());
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "report.html"));
        Assert.Throws<IOException>(() => _ml.Regularization().Report(model, Rows, Path.Combine(folder.Path, "report.html"), new() { ImportanceRows = 0 }));
        Assert.IsEmpty(Directory.GetFiles(folder.Path));
        Assert.Throws<DirectoryNotFoundException>(() => _ml.Regularization().Report(model, Rows, Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "report.html")));
    }

    /// <summary>Of equal rows there is no curve, and no variance that could be explained.</summary>
    [TestMethod]
    [DataRow(1)]
    [DataRow(30)]
    public void Equal_rows_have_no_figures_that_are_no_numbers(int count)
    {
        var rows = _ml.Data.LoadFromEnumerable(Enumerable.Repeat(ReportExample.Make(seed: 2)[0], count));
        var classes = ReportExample.FitBinary(_ml, Rows);
        var numbers = ReportExample.Fit(_ml, Rows, _ml.Transforms.CopyColumns("Label", "Number"), _ml.Regression.Trainers.NeuralNetwork(ReportExample.Options));
        using var folder = new TemporaryFolder();
        foreach (var (model, words) in new[] { (classes, "All rows are of one class"), (numbers, "All labels are the same") })
        {
            var file = Path.Combine(folder.Path, "report.html");
            _ml.Regularization().Report(model, rows, file, new ReportOptions { WorstRows = 3 });
            var html = File.ReadAllText(file);
            StringAssert.Contains(html, words);
            Assert.IsFalse(html.Contains("NaN", StringComparison.Ordinal) || html.Contains("Infinity", StringComparison.Ordinal), html);
        }
    }

    [TestMethod]
    public void Learning_curves_can_be_drawn_alone()
    {
        var model = ReportExample.FitBinary(_ml, Rows);
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "learning.svg");

        model.GetNeuralNetwork().History.Plot(file);

        var svg = XDocument.Parse(File.ReadAllText(file)).Root!;
        Assert.AreEqual("svg", svg.Name.LocalName);
        var epochs = model.GetNeuralNetwork().History.Epochs.Count;
        Assert.AreEqual(epochs, svg.Descendants().First(element => element.Name.LocalName == "polyline").Attribute("points")!.Value.Split(' ').Length);
    }

    private string Report(ITransformer model, ReportOptions? options = null)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "report.html");
        _ml.Regularization().Report(model, Rows, file, options ?? new ReportOptions { ImportanceRows = 100, Shuffles = 2 });
        var html = File.ReadAllText(file);
        Assert.IsFalse(Elsewhere().IsMatch(html), "Something is loaded from elsewhere.");
        foreach (Match svg in Svg().Matches(html))
            XDocument.Parse(svg.Value);
        foreach (Match table in Table().Matches(html))
            XDocument.Parse(table.Value);
        return html;
    }

    private void AssertRefused<TException>(string message, ITransformer model, IDataView rows, ReportOptions options)
        where TException : Exception
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var exception = Assert.Throws<TException>(() => _ml.Regularization().Report(model, rows, path, options));
        StringAssert.Contains(exception.Message, message);
        Assert.IsFalse(File.Exists(path));
    }

    private static void AssertSections(string html, params string[] titles) =>
        CollectionAssert.AreEqual(titles, Heading().Matches(html).Select(match => match.Groups[1].Value).ToArray());

    [GeneratedRegex("<h2>(.*?)</h2>")]
    private static partial Regex Heading();

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Svg();

    [GeneratedRegex("<table.*?</table>", RegexOptions.Singleline)]
    private static partial Regex Table();

    [GeneratedRegex("(src|href)=\"(?!#)|url\\(|@import", RegexOptions.IgnoreCase)]
    private static partial Regex Elsewhere();
}
