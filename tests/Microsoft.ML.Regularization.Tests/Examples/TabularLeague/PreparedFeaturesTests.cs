using Microsoft.ML.Data;
using TabularLeague;

namespace Microsoft.ML.Regularization.Tests.Examples;

[TestClass]
public sealed class PreparedFeaturesTests
{
    private const string Csv = """
        "kind","size","color","width"
        "b",1,"red",10
        "a",,"green",20
        "b",5,"",30
        "a",4,"blue, dark",40
        "c",2,"red",
        """;

    private readonly string _path = Path.GetTempFileName();

    [TestCleanup]
    public void DeleteFile() => File.Delete(_path);

    [TestMethod]
    public void Gaps_get_the_median_and_an_indicator_and_categories_a_one_hot_code_of_training_rows_alone()
    {
        var rows = Read(Prediction.Class);
        var prepared = new PreparedFeatures(rows, [0, 1, 2]);

        // size, width, whether size is missing, then the colors "", green, red.
        Assert.AreEqual(6, prepared.Size);
        CollectionAssert.AreEqual(new float[] { 1, 10, 0, 0, 0, 1 }, Of(0));
        CollectionAssert.AreEqual(new float[] { 3, 20, 1, 0, 1, 0 }, Of(1));
        CollectionAssert.AreEqual(new float[] { 5, 30, 0, 1, 0, 0 }, Of(2));
        CollectionAssert.AreEqual(new float[] { 4, 40, 0, 0, 0, 0 }, Of(3));
        CollectionAssert.AreEqual(new float[] { 2, 20, 0, 0, 0, 1 }, Of(4));

        float[] Of(int row) => prepared.Of(rows.Numbers[row], rows.Categories[row]);
    }

    [TestMethod]
    public void Labels_are_numbers_of_classes()
    {
        CollectionAssert.AreEqual(new float[] { 1, 0, 1, 0, 2 }, Read(Prediction.Class).Labels);
        CollectionAssert.AreEqual(new float[] { 1, 0, 1, 0, 0 }, Read(Prediction.Binary).Labels);
    }

    /// <summary>A trainer that takes every key for a category found the label in one: the view has it once.</summary>
    [TestMethod]
    [DataRow((int)Prediction.Binary)]
    [DataRow((int)Prediction.Class)]
    public void A_view_has_the_label_once(int predicted)
    {
        var rows = Read((Prediction)predicted);
        var view = LeagueRow.View(new MLContext(1), rows, [3, 4], prepared: null);
        string[] expected = ["Label", "Features", .. LeagueRow.CategoryColumns];
        CollectionAssert.AreEquivalent(expected, view.Schema.Select(column => column.Name).ToList());
        CollectionAssert.AreEqual(new[] { "blue, dark", "red" }, view.GetColumn<string>("Category0").ToList());
        if ((Prediction)predicted == Prediction.Class)
            CollectionAssert.AreEqual(new uint[] { 1, 3 }, view.GetColumn<uint>("Label").ToList());
    }

    private TableRows Read(Prediction predicted)
    {
        File.WriteAllText(_path, Csv);
        return TableRows.Read(new Table("toy", predicted, "kind", "toy.csv") { Categories = ["color"], Positive = "b" }, [_path]);
    }
}
