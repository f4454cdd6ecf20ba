using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Search;

namespace Microsoft.ML.Regularization.Tests.Documentation;

[TestClass]
public sealed class SearchPageTests
{
    [TestMethod]
    public void The_page_s_searches_run()
    {
        var ml = new MLContext(seed: 1);
        var digits = ml.Data.LoadFromTextFile("digits.csv", [new("Digit", DataKind.Single, 0), new("Features", DataKind.Single, 1, 64)], separatorChar: ',', hasHeader: true);
        var rows = ml.Data.TakeRows(ml.Transforms.Conversion.MapValueToKey("Label", "Digit").Fit(digits).Transform(digits), 300);
        var result = SearchSnippets.Search(ml, rows);
        Assert.HasCount(9, result.Trials);
        Assert.IsGreaterThan(0.5, ml.MulticlassClassification.Evaluate(result.Model.Transform(rows)).MicroAccuracy);
        Assert.Contains("the best so far", File.ReadAllText("search.svg"));

        if (Directory.Exists("digits-search"))
            Directory.Delete("digits-search", recursive: true);
        var small = ml.Data.LoadFromEnumerable(Example.Clusters(90));
        var resumed = SearchSnippets.Resume(ml, small, SearchExample.Space(ml));
        Assert.AreEqual("in use today", resumed.Trials[2].Trial.Start);
        Assert.IsTrue(File.Exists("digits-search/search.json"));
    }
}
