using static System.FormattableString;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>Figures of a run as evidence tells them.</summary>
internal static class RunWords
{
    /// <summary>The loss on training rows beside that of the reference; empty without one.</summary>
    public static string OnTraining(RunEvidence run) => run.Training is null || run.ReferenceTraining is null ? ""
        : Invariant($"; on training rows its loss is {run.Training.Loss:0.000} where a plain perceptron has {run.ReferenceTraining.Loss:0.000}");

    /// <summary>The loss on validation rows beside that of the reference; empty without one.</summary>
    public static string OnValidation(RunEvidence run) => run.Excess is not { } excess ? ""
        : Invariant($"; on validation rows its loss is {run.Validation!.Loss:0.000} where a plain perceptron has {run.ReferenceValidation!.Loss:0.000}, {excess.Mean:+0.000;-0.000} (standard error {excess.Error:0.000})");
}
