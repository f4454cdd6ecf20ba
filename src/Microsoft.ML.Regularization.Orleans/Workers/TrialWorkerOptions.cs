namespace Microsoft.ML.Regularization.Orleans;

/// <summary>A worker of a silo.</summary>
/// <param name="Name">The search whose trials it runs.</param>
/// <param name="Runner">Makes rows and space.</param>
internal sealed record TrialWorkerOptions(string Name, Func<ITrialRunner> Runner);
