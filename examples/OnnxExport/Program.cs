using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using OnnxExport;

// Trains a network, writes it as an ONNX file, and scores that by OnnxRuntime and in a pipeline of ML.NET: both agree with the model.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Directory.SetCurrentDirectory(AppContext.BaseDirectory);
const double rounding = 1e-5;

var ml = new MLContext(seed: 1);
var wines = ml.Data.TrainTestSplit(ml.Data.LoadFromTextFile<Wine>("wine.csv", separatorChar: ',', hasHeader: true), testFraction: 0.3);
var model = ml.Transforms.Conversion.MapValueToKey("Label")
    .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
    {
        FeatureColumnName = Wine.MeasuresName, Architecture = NetworkArchitecture.Mlp(32, 32), MaxEpochs = 50,
    }))
    .Fit(wines.TrainSet);
Console.WriteLine($"accuracy of the model {ml.MulticlassClassification.Evaluate(model.Transform(wines.TestSet)).MicroAccuracy:0.0%}");

// begin saveByName
const string path = "wine.onnx";
using (var file = File.Create(path))
    model.GetNeuralNetwork().SaveOnnx(file, featureColumnName: Wine.MeasuresName);
// end saveByName
Console.WriteLine($"wrote {path}, {new FileInfo(path).Length:N0} bytes");

var expected = Scoring.ByModel(model, wines.TestSet);
var measures = wines.TestSet.GetColumn<float[]>(Wine.MeasuresName).ToList();
var agrees = Compare("OnnxRuntime", Scoring.ByOnnxRuntime(path, measures)) & Compare("ApplyOnnxModel", Scoring.ByPipeline(ml, path, wines.TestSet));
return agrees ? 0 : 1;

bool Compare(string name, float[] scores)
{
    var difference = expected.Zip(scores, (own, other) => Math.Abs(own - other)).Max();
    var isSame = scores.Length == expected.Length && difference <= rounding;
    Console.WriteLine($"{name}: {scores.Length / 3} rows {(isSame ? "agree" : "DO NOT AGREE")} with the model, largest difference {difference:0.0e+0}");
    return isSame;
}
