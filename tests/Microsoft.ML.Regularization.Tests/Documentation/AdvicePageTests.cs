using Microsoft.ML.Regularization.Tests.Advice;

namespace Microsoft.ML.Regularization.Tests.Documentation;

/// <summary>The code of docs/advice.md, and what it prints.</summary>
[TestClass]
[DoNotParallelize]
public sealed class AdvicePageTests
{
    private readonly MLContext _ml = new(seed: 1);

    private static string Page => File.ReadAllText(Path.Combine(Repository.Root, "docs", "advice.md"));

    [TestMethod]
    public void Advice_is_as_the_page_prints_it()
    {
        var advice = AdviceSnippets.Advise(_ml);
        StringAssert.Contains(Page, advice.ToString().Trim());
        CompiledCode.Compile(advice.Code).Dispose();
    }

    [TestMethod]
    public void The_pipeline_is_fitted_and_options_are_reviewed()
    {
        var rows = PlantedRow.View(_ml, PlantedRow.Make(120), "Age", "Income", "Plan", "Answer");
        var advice = _ml.Regularization().Advise(rows, new AdviceOptions { LabelColumnName = "Answer", MostEffort = TrainingEffort.Quick });
        Assert.IsNotNull(AdviceSnippets.FitAdvised(_ml, advice, rows).GetNeuralNetwork());
        var credits = _ml.Transforms.CopyColumns("Status", "Answer").Fit(rows).Transform(rows);
        var mine = new NeuralNetworkOptions { Recipe = RegularizationRecipe.SmallDataset with { Dropout = 0.9 } };
        StringAssert.Contains(AdviceSnippets.Review(_ml, credits, mine).ToString(), "too heavy");
    }

    [TestMethod]
    public void Diagnosis_and_proof_are_as_the_page_prints_them()
    {
        var (training, others) = (_ml.Data.LoadFromEnumerable(DiagnosisRow.Make(1)), _ml.Data.LoadFromEnumerable(DiagnosisRow.Make(2)));
        var trainer = _ml.BinaryClassification.Trainers.NeuralNetwork(DiagnosisRow.Options with { MaxEpochs = 3 });
        var diagnosis = AdviceSnippets.Diagnose(_ml, training, others, _ml.Transforms.Concatenate("Features", "X", "Y", "Extra").Append(trainer));
        Assert.AreEqual(TrainingFault.TooShort, diagnosis.Findings[0].Fault);
        var proof = AdviceSnippets.Prove(diagnosis, training);
        Assert.IsTrue(proof.Helps, proof.ToString());
    }
}
