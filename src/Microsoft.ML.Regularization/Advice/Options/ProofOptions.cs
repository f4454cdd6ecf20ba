using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>How a change is tried: see <see cref="TrainingDiagnosis.Prove"/>.</summary>
public sealed record ProofOptions
{
    /// <summary>Splits of the rows, from 2 to 100; each trains twice. Default: 5.</summary>
    public int Splits { get; init; } = 5;

    /// <summary>The share of rows that are measured on, above 0 and below 1. Default: 0.25.</summary>
    public double TestFraction { get; init; } = 0.25;

    /// <summary>The column, behind the transforms of the model, by whose values rows stay on one side; null for none. Default: null.</summary>
    public string? SamplingKeyColumnName { get; init; }

    /// <summary>The trainer's options without the change, with the columns that it reads. Default: null, <see cref="TrainingDiagnosis.Trainer"/>.</summary>
    public NeuralNetworkOptions? Trainer { get; init; }

    /// <summary>Ends it.</summary>
    public CancellationToken CancellationToken { get; init; }

    internal void Validate(IExceptionContext context)
    {
        context.CheckBetween(Splits, nameof(Splits), 2, 100);
        context.CheckInsideZeroOne(TestFraction, nameof(TestFraction));
        context.CheckNameIfAny(SamplingKeyColumnName, nameof(SamplingKeyColumnName));
    }
}
