namespace Microsoft.ML.Regularization.Training;

/// <summary>A head that was fitted.</summary>
/// <param name="Report">What was found.</param>
/// <param name="TuningStart">The head that fine-tuning starts from, which fits the rows less: see <see cref="LinearProbe.TuningPenalty"/>. Null where there is none.</param>
internal sealed record ProbedHead(ProbeReport Report, NetworkWeights? TuningStart);
