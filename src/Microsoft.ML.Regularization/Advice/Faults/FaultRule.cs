namespace Microsoft.ML.Regularization.Advice;

/// <summary>A rule that names a fault: when, how much it matters, the figures that say so, and the change that promises most.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="When">Whether a run has it.</param>
/// <param name="Evidence">The figures.</param>
/// <param name="Change">What to change, in words.</param>
/// <param name="Options">The same as a change of the trainer's options, by what is known of the run; null where it is one of the rows.</param>
internal sealed record FaultRule(
    TrainingFault Fault,
    FindingSeverity Severity,
    Func<RunEvidence, bool> When,
    Func<RunEvidence, string> Evidence,
    string Change,
    Func<RunEvidence, Func<NeuralNetworkOptions, NeuralNetworkOptions>?>? Options = null)
{
    /// <summary>Whether it is told only where no other fault of training was found before it, which may be its cause.</summary>
    public bool IsLastResort { get; init; }

    public DiagnosisFinding Of(RunEvidence run) => new()
    {
        Fault = Fault, Severity = Severity, Evidence = Evidence(run), Change = Change, Options = Options?.Invoke(run),
    };
}
