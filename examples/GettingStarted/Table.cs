using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;

namespace GettingStarted;

/// <summary>A table with strings, numbers and gaps: which credits will not be repaid?</summary>
internal static class Table
{
    public static CalibratedBinaryClassificationMetrics Run()
    {
        // begin table
        var ml = new MLContext(seed: 1);
        var csv = new TextLoader.Options { Separators = [','], HasHeader = true, AllowQuoting = true, MissingRealsAsNaNs = true };
        var credits = ml.Data.TrainTestSplit(ml.Data.LoadFromTextFile<Credit>("credit-data.csv", csv), testFraction: 0.2);

        var pipeline = ml.Transforms.Conversion.MapValue("Label", [KeyValuePair.Create("bad", true), KeyValuePair.Create("good", false)], "Status")
            .Append(ml.Transforms.Conversion.MapValueToKey([new("Home"), new("Marital"), new("Records"), new("Job")]))
            .Append(ml.Transforms.Concatenate("Features", "Seniority", "Time", "Age", "Expenses", "Income", "Assets", "Debt", "Amount", "Price"))
            .Append(ml.BinaryClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                AllKeysAreCategories = true,                      // the strings; the network learns a vector for each value
            }));

        var model = pipeline.Fit(credits.TrainSet);               // fills gaps and scales numbers by itself
        var metrics = ml.BinaryClassification.Evaluate(model.Transform(credits.TestSet));
        Console.WriteLine($"area under the ROC curve {metrics.AreaUnderRocCurve:0.00}, accuracy {metrics.Accuracy:0%}");
        // end table
        return metrics;
    }
}
