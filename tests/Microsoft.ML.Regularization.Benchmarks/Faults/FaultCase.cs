namespace Microsoft.ML.Regularization.Benchmarks.Faults;

/// <summary>Something planted into rows or options, or nothing.</summary>
/// <param name="Name">What the page calls it.</param>
/// <param name="Planted">The fault; null for a sound case.</param>
/// <param name="Tuned">The tables that the thresholds were chosen on.</param>
/// <param name="Verified">Those that they are verified on.</param>
internal sealed record FaultCase(string Name, TrainingFault? Planted, FaultTable Tuned, FaultTable Verified)
{
    /// <summary>What is planted into the options.</summary>
    public Func<NeuralNetworkOptions, NeuralNetworkOptions> Options { get; init; } = options => options;

    /// <summary>What is planted into the rows.</summary>
    public Action<FaultRows> Rows { get; init; } = _ => { };

    /// <summary>Rows to train on, at most.</summary>
    public int Most { get; init; } = 900;
}
