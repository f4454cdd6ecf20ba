using System.Globalization;
using Microsoft.ML;
using ModelBuilder;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var mlContext = new MLContext(seed: 1);
var rows = mlContext.Data.TrainTestSplit(CreditModel.LoadIDataViewFromFile(mlContext, Path.Combine(AppContext.BaseDirectory, "credit-data.csv")), testFraction: 0.2);

var network = CreditModel.RetrainModel(mlContext, rows.TrainSet);
Measure("as Model Builder wrote it (LightGBM)", CreditModel.BuildGeneratedPipeline(mlContext).Fit(rows.TrainSet));
Measure("with the network", network);

CreditModel.MLNetModelPath = Path.Combine(Path.GetTempPath(), "CreditModel.mlnet");
CreditModel.SaveModel(mlContext, network, rows.TrainSet, CreditModel.MLNetModelPath);
var prediction = CreditModel.Predict(new CreditModel.ModelInput { Seniority = 1, Home = "rent", Time = 60, Age = 30, Marital = "single", Records = "yes", Job = "freelance", Expenses = 73, Income = float.NaN, Amount = 800, Price = 846 });
Console.WriteLine($"A credit from the consumption file: {prediction.PredictedLabel}, with {prediction.Score.Max():0%}.");
File.Delete(CreditModel.MLNetModelPath);

void Measure(string name, ITransformer model)
{
    var metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(rows.TestSet), "Status");
    Console.WriteLine($"{name,-38} accuracy {metrics.MicroAccuracy:0.0%}, log-loss {metrics.LogLoss:0.000}");
}
