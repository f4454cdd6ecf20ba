namespace Microsoft.ML.Regularization.Benchmarks.Busy;

/// <summary>What a fit runs beside.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Neighbours">Processes that do nothing but compute.</param>
/// <param name="IsPinned">Whether the process is left one processor as soon as it trains.</param>
/// <param name="Fits">How many fits there are, one after another in one process.</param>
internal sealed record BusySituation(string Name, int Neighbours, bool IsPinned, int Fits)
{
    /// <summary>The processors that the process is granted from its start, by a quota; null for all.</summary>
    public double? Quota { get; init; }
}
