using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;

namespace GettingStarted;

/// <summary>Short texts: which subject lines are spam?</summary>
internal static class Texts
{
    public static CalibratedBinaryClassificationMetrics Run()
    {
        // begin texts
        var ml = new MLContext(seed: 1);
        var mails = ml.Data.TrainTestSplit(ml.Data.LoadFromTextFile<Mail>("spam-subjects.tsv", hasHeader: true), testFraction: 0.2);

        var pipeline = ml.Transforms.Conversion.MapValue("Label", [KeyValuePair.Create("spam", true), KeyValuePair.Create("ham", false)], "Kind")
            .Append(ml.Transforms.Text.TokenizeIntoWords("Words", "Subject"))
            .Append(ml.Transforms.Conversion.MapValueToKey("Tokens", "Words"))
            .Append(ml.BinaryClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                FeatureColumnName = "Tokens",
                Architecture = NetworkArchitecture.Lstm(hiddenSize: 64),
                Recipe = RegularizationRecipe.RnnLstm,
                MaxEpochs = 10,
            }));

        var model = pipeline.Fit(mails.TrainSet);
        var metrics = ml.BinaryClassification.Evaluate(model.Transform(mails.TestSet));
        Console.WriteLine($"area under the ROC curve {metrics.AreaUnderRocCurve:0.00}, accuracy {metrics.Accuracy:0%}");
        // end texts
        return metrics;
    }
}
