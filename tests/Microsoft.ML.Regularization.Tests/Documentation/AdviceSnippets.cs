using GettingStarted;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Documentation;

/// <summary>The code of docs/advice.md.</summary>
internal static class AdviceSnippets
{
    public static TrainingAdvice Advise(MLContext ml)
    {
        // begin advise
        var csv = new TextLoader.Options { Separators = [','], HasHeader = true, AllowQuoting = true, MissingRealsAsNaNs = true };
        var credits = ml.Data.LoadFromTextFile<Credit>("credit-data.csv", csv);

        var advice = ml.Regularization().Advise(credits, new AdviceOptions { LabelColumnName = "Status" });
        Console.WriteLine(advice);
        // end advise
        return advice;
    }

    public static ITransformer FitAdvised(MLContext ml, TrainingAdvice advice, IDataView credits)
    {
        // begin fitAdvised
        var model = advice.Estimator(ml).Fit(credits);
        // end fitAdvised
        return model;
    }

    public static TrainingAdvice Review(MLContext ml, IDataView credits, NeuralNetworkOptions mine)
    {
        // begin reviewOptions
        var advice = ml.Regularization().Advise(credits, new AdviceOptions { LabelColumnName = "Status", Trainer = mine });
        // end reviewOptions
        return advice;
    }

    public static TrainingDiagnosis Diagnose(MLContext ml, IDataView trainingRows, IDataView otherRows, IEstimator<ITransformer> pipeline)
    {
        // begin diagnose
        var model = pipeline.Fit(trainingRows);
        var diagnosis = ml.Regularization().Diagnose(model, new DiagnosisOptions { TrainingRows = trainingRows, ValidationRows = otherRows });
        Console.WriteLine(diagnosis);
        // end diagnose
        return diagnosis;
    }

    public static ChangeProof Prove(TrainingDiagnosis diagnosis, IDataView rows)
    {
        // begin prove
        var finding = diagnosis.Findings.First(finding => finding.IsOfOptions);
        var proof = diagnosis.Prove(finding, rows, new ProofOptions { Splits = 5 });
        Console.WriteLine(proof);
        // end prove
        return proof;
    }
}
