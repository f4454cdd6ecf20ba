using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>Finds what is wrong with a model.</summary>
internal static class ModelDoctor
{
    // Causes before what they lead to.
    private static readonly IReadOnlyList<FaultRule> Training = [.. RunRules.All, .. NetworkRules.All, .. OutcomeRules.All];

    /// <exception cref="ArgumentException">The model has no network with a history, or the rows are not its own.</exception>
    public static TrainingDiagnosis Examine(IHost host, MLContext ml, ITransformer model, DiagnosisOptions options)
    {
        using var channel = host.Start("Diagnose");
        var parts = new ModelParts(host, model);
        var run = EvidenceSearch.Of(host, ml, parts, options);
        var findings = new List<DiagnosisFinding>();
        foreach (var rule in RowRules.All.Where(rule => rule.When(run)))
            findings.Add(rule.Of(run));

        // Of labels that nothing follows from, nothing follows about training.
        if (!findings.Exists(finding => finding.Fault == TrainingFault.NoSignal))
        {
            var before = findings.Count;
            foreach (var rule in Training.Where(rule => rule.When(run)))
            {
                if (!rule.IsLastResort || findings.Count == before)
                    findings.Add(rule.Of(run));
            }
        }

        return new TrainingDiagnosis(host, ml, parts, run, options, [.. findings.OrderByDescending(finding => finding.Severity)]);
    }
}
