using System.Collections.Immutable;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using static Microsoft.ML.TrainCatalogBase;

namespace Microsoft.ML.Regularization.Tests.Documentation;

/// <summary>The code of docs/guide.md, between markers.</summary>
public static class GuideSnippets
{
    /// <summary>As Model Builder writes it for credit-data.csv, shortened to some of the columns.</summary>
    public static IEstimator<ITransformer> Generated(MLContext mlContext)
    {
        // begin generated
        var pipeline = mlContext.Transforms.Categorical.OneHotEncoding(
                [new InputOutputColumnPair("Home", "Home"), new InputOutputColumnPair("Job", "Job")], outputKind: OneHotEncodingEstimator.OutputKind.Indicator)
            .Append(mlContext.Transforms.ReplaceMissingValues([new InputOutputColumnPair("Seniority", "Seniority"), new InputOutputColumnPair("Income", "Income")]))
            .Append(mlContext.Transforms.Concatenate("Features", "Home", "Job", "Seniority", "Income"))
            .Append(mlContext.Transforms.Conversion.MapValueToKey(outputColumnName: "Status", inputColumnName: "Status"))
            .Append(mlContext.MulticlassClassification.Trainers.LightGbm(labelColumnName: "Status", featureColumnName: "Features"))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue(outputColumnName: "PredictedLabel", inputColumnName: "PredictedLabel"));
        // end generated
        return pipeline;
    }

    public static EstimatorChain<KeyToValueMappingTransformer> Replaced(MLContext mlContext)
    {
        // begin replaced
        var pipeline = mlContext.Transforms.Categorical.OneHotEncoding(
                [new InputOutputColumnPair("Home", "Home"), new InputOutputColumnPair("Job", "Job")], outputKind: OneHotEncodingEstimator.OutputKind.Indicator)
            .Append(mlContext.Transforms.ReplaceMissingValues([new InputOutputColumnPair("Seniority", "Seniority"), new InputOutputColumnPair("Income", "Income")]))
            .Append(mlContext.Transforms.Concatenate("Features", "Home", "Job", "Seniority", "Income"))
            .Append(mlContext.Transforms.Conversion.MapValueToKey(outputColumnName: "Status", inputColumnName: "Status"))
            .Append(mlContext.MulticlassClassification.Trainers.NeuralNetwork(labelColumnName: "Status", featureColumnName: "Features"))   // the one change
            .Append(mlContext.Transforms.Conversion.MapKeyToValue(outputColumnName: "PredictedLabel", inputColumnName: "PredictedLabel"));
        // end replaced
        return pipeline;
    }

    public static IEstimator<ITransformer> Shorter(MLContext mlContext)
    {
        // begin shorter
        var pipeline = mlContext.Transforms.Conversion.MapValueToKey([new("Home"), new("Job"), new("Status")])
            .Append(mlContext.Transforms.Concatenate("Features", "Seniority", "Income"))
            .Append(mlContext.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                LabelColumnName = "Status",
                CategoricalColumnNames = ["Home", "Job"],
                Recipe = RegularizationRecipe.SmallDataset,
            }))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        // end shorter
        return pipeline;
    }

    public static (ModelOutput Prediction, ITransformer Model) Predict(MLContext mlContext, IDataView rows, IEstimator<ITransformer> pipeline)
    {
        // begin predict
        ITransformer model = pipeline.Fit(rows);
        mlContext.Model.Save(model, rows.Schema, "CreditModel.mlnet");

        var engine = mlContext.Model.CreatePredictionEngine<ModelInput, ModelOutput>(model);
        var prediction = engine.Predict(new ModelInput { Home = "rent", Job = "freelance", Seniority = 1, Income = float.NaN });
        // end predict
        return (prediction, model);
    }

    public static IReadOnlyList<CrossValidationResult<MulticlassClassificationMetrics>> CrossValidate(
        MLContext mlContext, IDataView rows, IEstimator<ITransformer> pipeline)
    {
        // begin crossValidate
        var folds = mlContext.MulticlassClassification.CrossValidate(rows, pipeline, numberOfFolds: 5, labelColumnName: "Status");
        Console.WriteLine($"accuracy {folds.Average(fold => fold.Metrics.MacroAccuracy):0.000}, log-loss {folds.Average(fold => fold.Metrics.LogLoss):0.000}");
        // end crossValidate
        return folds;
    }

    public static ImmutableDictionary<string, MulticlassClassificationMetricsStatistics> Importance(MLContext mlContext, IDataView rows, ITransformer model)
    {
        // begin importance
        var importance = mlContext.MulticlassClassification.PermutationFeatureImportance(model, model.Transform(rows), labelColumnName: "Status", permutationCount: 3);
        foreach (var (slot, loss) in importance.OrderBy(pair => pair.Value.MicroAccuracy.Mean))
            Console.WriteLine($"{slot,-20} {loss.MicroAccuracy.Mean:0.000}");
        // end importance
        return importance;
    }

    public static ITransformer Cancel(MLContext mlContext, IDataView train, CancellationToken stop)
    {
        // begin cancel
        var trainer = mlContext.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            LabelColumnName = "Status",
            TimeLimit = TimeSpan.FromMinutes(10),   // ends with the best weights so far
            CancellationToken = stop,               // so does this
            Progress = new ConsoleProgress(),       // or any IProgress<EpochReport>
        });
        // end cancel
        return trainer.Fit(train);
    }

    /// <summary>The row class that Model Builder writes, shortened to some of the columns.</summary>
    // begin modelInput
    public class ModelInput
    {
        [LoadColumn(0)]
        public string Status { get; set; } = "";

        [LoadColumn(1)]
        public float Seniority { get; set; }

        [LoadColumn(2)]
        public string Home { get; set; } = "";

        [LoadColumn(7)]
        public string Job { get; set; } = "";

        [LoadColumn(9)]
        public float Income { get; set; }
    }

    public class ModelOutput
    {
        public string PredictedLabel { get; set; } = "";

        public float[] Score { get; set; } = [];
    }
    // end modelInput
}
