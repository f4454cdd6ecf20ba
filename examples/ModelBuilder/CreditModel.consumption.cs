using Microsoft.ML;
using Microsoft.ML.Data;

namespace ModelBuilder;

/// <summary>
/// The file through which a project uses its model, in the form that Model Builder gives it. Nothing here changes with the network: the columns of its predictions are those of any trainer.
/// </summary>
public static partial class CreditModel
{
    private static readonly Lazy<PredictionEngine<ModelInput, ModelOutput>> PredictEngine = new(CreatePredictEngine, isThreadSafe: true);

    /// <summary>The file of the model.</summary>
    public static string MLNetModelPath { get; set; } = Path.GetFullPath("CreditModel.mlnet");

    /// <summary>Predicts a row.</summary>
    public static ModelOutput Predict(ModelInput input) => PredictEngine.Value.Predict(input);

    private static PredictionEngine<ModelInput, ModelOutput> CreatePredictEngine()
    {
        var mlContext = new MLContext();
        var mlModel = mlContext.Model.Load(MLNetModelPath, out _);
        return mlContext.Model.CreatePredictionEngine<ModelInput, ModelOutput>(mlModel);
    }

    /// <summary>A row of credit-data.csv.</summary>
    public class ModelInput
    {
        [LoadColumn(0)]
        public string Status { get; set; } = "";

        [LoadColumn(1)]
        public float Seniority { get; set; }

        [LoadColumn(2)]
        public string Home { get; set; } = "";

        [LoadColumn(3)]
        public float Time { get; set; }

        [LoadColumn(4)]
        public float Age { get; set; }

        [LoadColumn(5)]
        public string Marital { get; set; } = "";

        [LoadColumn(6)]
        public string Records { get; set; } = "";

        [LoadColumn(7)]
        public string Job { get; set; } = "";

        [LoadColumn(8)]
        public float Expenses { get; set; }

        [LoadColumn(9)]
        public float Income { get; set; }

        [LoadColumn(10)]
        public float Assets { get; set; }

        [LoadColumn(11)]
        public float Debt { get; set; }

        [LoadColumn(12)]
        public float Amount { get; set; }

        [LoadColumn(13)]
        public float Price { get; set; }
    }

    /// <summary>What is predicted.</summary>
    public class ModelOutput
    {
        public string PredictedLabel { get; set; } = "";

        public float[] Score { get; set; } = [];
    }
}
