using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests;

/// <summary>
/// Rows as awkward as a source may give them: of unknown number, in one order only, slowly, sorted by class, and with a column that hides another
/// of the label's name.
/// </summary>
public static class HostileSource
{
    public static IDataView Of(MLContext ml, int count, bool isCached)
    {
        var stream = ml.Data.LoadFromEnumerable(Stream(count));
        var view = ml.Transforms.CopyColumns("Text", "Name")
            .Append(ml.Transforms.Conversion.ConvertType("Label", "Text", DataKind.String))
            .Append(ml.Transforms.Conversion.MapValueToKey("Label", "Text"))
            .Fit(ml.Data.LoadFromEnumerable(Example.Clusters(9)))
            .Transform(stream);
        return isCached ? ml.Data.Cache(view, "Id", "Features", "Label", "Weight", "Sentence") : view;
    }

    private static IEnumerable<Example> Stream(int count)
    {
        foreach (var row in Example.Clusters(count).OrderBy(row => row.Label).Select((row, i) => (row, i)))
        {
            if (row.i % 50 == 0)
                Thread.Sleep(1);
            row.row.Id = row.i;
            yield return row.row;
        }
    }
}
