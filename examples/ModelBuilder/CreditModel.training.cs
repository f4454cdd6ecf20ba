using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace ModelBuilder;

/// <summary>The file that trains the model, in the form that Model Builder gives it, with one line changed.</summary>
public static partial class CreditModel
{
    private static readonly InputOutputColumnPair[] Texts = [new("Home", "Home"), new("Marital", "Marital"), new("Records", "Records"), new("Job", "Job")];

    private static readonly InputOutputColumnPair[] Numbers =
    [
        new("Seniority", "Seniority"), new("Time", "Time"), new("Age", "Age"), new("Expenses", "Expenses"), new("Income", "Income"), new("Assets", "Assets"), new("Debt", "Debt"), new("Amount", "Amount"),
        new("Price", "Price"),
    ];

    /// <summary>Reads the rows.</summary>
    public static IDataView LoadIDataViewFromFile(MLContext mlContext, string inputDataFilePath, char separatorChar = ',', bool hasHeader = true, bool allowQuoting = true) =>
        mlContext.Data.LoadFromTextFile<ModelInput>(inputDataFilePath, separatorChar, hasHeader, allowQuoting: allowQuoting);

    /// <summary>Trains the model.</summary>
    public static ITransformer RetrainModel(MLContext mlContext, IDataView trainData) => BuildPipeline(mlContext).Fit(trainData);

    /// <summary>Writes the model into its file.</summary>
    public static void SaveModel(MLContext mlContext, ITransformer model, IDataView data, string modelSavePath)
    {
        using var fs = File.Create(modelSavePath);
        mlContext.Model.Save(model, data.Schema, fs);
    }

    /// <summary>The pipeline with a regularized network. What Model Builder wrote before stands in <see cref="BuildGeneratedPipeline"/>.</summary>
    public static IEstimator<ITransformer> BuildPipeline(MLContext mlContext) => Prepare(mlContext)
        .Append(mlContext.MulticlassClassification.Trainers.NeuralNetwork(labelColumnName: "Status", featureColumnName: "Features"))   // the one change
        .Append(mlContext.Transforms.Conversion.MapKeyToValue(outputColumnName: "PredictedLabel", inputColumnName: "PredictedLabel"));

    /// <summary>The pipeline as it was.</summary>
    public static IEstimator<ITransformer> BuildGeneratedPipeline(MLContext mlContext) => Prepare(mlContext)
        .Append(mlContext.MulticlassClassification.Trainers.LightGbm(labelColumnName: "Status", featureColumnName: "Features"))
        .Append(mlContext.Transforms.Conversion.MapKeyToValue(outputColumnName: "PredictedLabel", inputColumnName: "PredictedLabel"));

    private static EstimatorChain<ITransformer> Prepare(MLContext mlContext) =>
        new EstimatorChain<ITransformer>()
            .Append(mlContext.Transforms.Categorical.OneHotEncoding(Texts, outputKind: OneHotEncodingEstimator.OutputKind.Indicator))
            .Append(mlContext.Transforms.ReplaceMissingValues(Numbers))
            .Append(mlContext.Transforms.Concatenate("Features", [.. Texts.Concat(Numbers).Select(column => column.OutputColumnName)]))
            .Append<ITransformer>(mlContext.Transforms.Conversion.MapValueToKey(outputColumnName: "Status", inputColumnName: "Status"));
}
