// begin trainFile
#:package Microsoft.ML.Regularization@0.1.0
#:package TorchSharp-cpu@0.107.0
#:property PublishAot=false

using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;

var ml = new MLContext(seed: 1);
var csv = new TextLoader.Options { Separators = [','], HasHeader = true, AllowQuoting = true, MissingRealsAsNaNs = true };
var credits = ml.Data.TrainTestSplit(ml.Data.LoadFromTextFile<Credit>(args[0], csv), testFraction: 0.2);

var advice = ml.Regularization().Advise(credits.TrainSet, new AdviceOptions { LabelColumnName = "Status" });
var model = advice.Estimator(ml).Fit(credits.TrainSet);
Console.WriteLine($"area under the ROC curve {ml.BinaryClassification.Evaluate(model.Transform(credits.TestSet), "Status").AreaUnderRocCurve:0.00}");
ml.Model.Save(model, credits.TrainSet.Schema, "model.zip");

class Credit
{
    [LoadColumn(0)] public string Status { get; set; } = "";
    [LoadColumn(1)] public float Seniority { get; set; }
    [LoadColumn(7)] public string Job { get; set; } = "";
    [LoadColumn(9)] public float Income { get; set; }
    [LoadColumn(12)] public float Amount { get; set; }
}
// end trainFile
