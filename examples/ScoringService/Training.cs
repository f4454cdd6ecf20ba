using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;

namespace ScoringService;

/// <summary>Makes the model that the service loads; in practice another program does.</summary>
internal static class Training
{
    public static void Save(string path)
    {
        var ml = new MLContext(seed: 1);
        var csv = new TextLoader.Options { Separators = [','], HasHeader = true, AllowQuoting = true, MissingRealsAsNaNs = true };
        var credits = ml.Data.LoadFromTextFile<Credit>(Path.Combine(AppContext.BaseDirectory, "credit-data.csv"), csv);
        var pipeline = ml.Transforms.Conversion.MapValue("Label", [KeyValuePair.Create("bad", true), KeyValuePair.Create("good", false)], "Status")
            .Append(ml.Transforms.Conversion.MapValueToKey([new("Home"), new("Marital"), new("Records"), new("Job")]))
            .Append(ml.Transforms.Concatenate("Features", "Seniority", "Time", "Age", "Expenses", "Income", "Assets", "Debt", "Amount", "Price"))
            .Append(ml.BinaryClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                AllKeysAreCategories = true,
                Recipe = RegularizationRecipe.SmallDataset,
                MaxEpochs = 20,
            }));
        ml.Model.Save(pipeline.Fit(credits), credits.Schema, path);
    }
}
