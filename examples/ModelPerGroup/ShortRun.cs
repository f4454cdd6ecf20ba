using Microsoft.ML;

namespace ModelPerGroup;

/// <summary>A few shops: trained, saved, loaded, and asked about a shop that is known and one that is not.</summary>
internal static class ShortRun
{
    public static int Run()
    {
        var table = new Shops(20, 40, 1);
        var figures = Comparison.Of(table, seed: 1);
        Console.WriteLine($"{table.Measure}: common {figures.Common.Error:0.000}, alone {figures.Alone!.Value.Error:0.000}, each {figures.Each.Error:0.000}");

        var ml = new MLContext(seed: 1);
        var sales = table.Load(ml, seed: 1).Train;
        var path = Path.Combine(Directory.CreateTempSubdirectory("model-per-group").FullName, "shops.zip");
        try
        {
            Use(ml, table.Pipeline(ml), sales, path);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }

        return figures.Each.Error < Math.Min(figures.Common.Error, figures.Alone!.Value.Error) ? 0 : 1;
    }

    private static void Use(MLContext ml, IEstimator<ITransformer> pipeline, IDataView sales, string path)
    {
        // begin groupUse
        var model = ml.Regularization().FitEach(pipeline, sales, "Group");
        ml.Model.Save(model, sales.Schema, path);             // one file

        var loaded = ml.Model.Load(path, out _);
        using var engine = ml.Model.CreatePredictionEngine<Sale, SalePrediction>(loaded);
        var known = engine.Predict(new Sale { Group = "shop 7", Features = new float[Sale.Numbers] });
        var unknown = engine.Predict(new Sale { Group = "a new shop", Features = new float[Sale.Numbers] });   // by the common network

        foreach (var group in loaded.GetGroups().Groups)
            Console.WriteLine($"{group.Name}, {group.Rows} rows: {(group.Network is null ? "the common network" : "a network of its own")}");
        // end groupUse
        Console.WriteLine($"shop 7 sells {known.Score:0.00}, a new shop {unknown.Score:0.00}");
    }

    private sealed class SalePrediction
    {
        public float Score { get; set; }
    }
}
