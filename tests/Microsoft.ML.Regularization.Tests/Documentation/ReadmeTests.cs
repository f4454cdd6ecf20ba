using System.Text.RegularExpressions;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Documentation;

[TestClass]
public sealed partial class ReadmeTests
{
    [TestMethod]
    [DataRow("README.md")]
    [DataRow("regularizers.md")]
    public void Every_snippet_is_the_code_that_runs_here(string document)
    {
        var readme = File.ReadAllText(document);
        var code = File.ReadAllText(Path.Combine("Documentation", "ReadmeSnippets.cs"));
        var snippets = Snippet().Matches(readme);
        Assert.HasCount(Regex.Count(readme, "```csharp"), snippets, "every block of code is a named snippet");
        foreach (Match snippet in snippets)
        {
            var name = snippet.Groups["name"].Value;
            var source = Regex.Match(code, $@"// begin {name}\n(?<code>.*?)\n *// end {name}", RegexOptions.Singleline);
            Assert.IsTrue(source.Success, $"no code for {name}");
            Assert.AreEqual(source.Groups["code"].Value.Replace("\n        ", "\n", StringComparison.Ordinal).Trim(), snippet.Groups["code"].Value.Trim());
        }
    }

    [TestMethod]
    public void The_pipeline_runs()
    {
        var (metrics, loaded, test) = ReadmeSnippets.Pipeline();
        Assert.IsGreaterThan(0.94, metrics.MicroAccuracy);
        Assert.AreEqual(StopReason.PatienceExhausted, ReadmeSnippets.History(loaded).StopReason);
        Assert.AreEqual(metrics.LogLoss, new MLContext().MulticlassClassification.Evaluate(loaded.Transform(test)).LogLoss);
    }

    [TestMethod]
    public void The_smaller_snippets_run()
    {
        var ml = new MLContext(seed: 1);
        var rows = ml.Data.LoadFromEnumerable(Example.Clusters(300));
        Assert.HasCount(300, ReadmeSnippets.Augment(ml, rows).Read());
        Assert.HasCount(300, ReadmeSnippets.Spread(ml, ReadmeSnippets.Recipe(ml, rows), rows).GetColumn<float>("ScoreDeviation").ToList());
        Assert.IsGreaterThan(0.75, ml.MulticlassClassification.Evaluate(ReadmeSnippets.Pairs(ml, rows).Transform(rows)).MicroAccuracy);
    }

    [GeneratedRegex(@"<!-- snippet: (?<name>\w+) -->\n```csharp\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Snippet();
}
