using DistributedSearch;

namespace Microsoft.ML.Regularization.Orleans.Tests;

/// <summary>Searches for digits, and what tests compare of them.</summary>
internal static class DigitSearches
{
    public static DigitSearch Digits { get; } = new("tiny");

    public static SearchResult Search(SearchOptions options, int trials, TrialRunner? runner = null) =>
        new MLContext(seed: 1).Regularization().Search(runner ?? Digits.MakeRunner(), new SearchBudget { Trials = trials }, options);

    /// <summary>What comes of trials, but for how long they took, where they ran and what went wrong on the way.</summary>
    public static List<TrialResult> WithoutPlace(SearchResult result) => [.. result.Trials.Select(trial => trial with { Seconds = 0, Worker = null, Notices = [] })];

    public static void AssertSame(SearchResult expected, SearchResult actual)
    {
        CollectionAssert.AreEqual(WithoutPlace(expected), WithoutPlace(actual));
        CollectionAssert.AreEqual(Weights(expected), Weights(actual));
    }

    private static List<float> Weights(SearchResult result) => [.. result.Model.GetNeuralNetwork().Weights.SelectMany(tensor => tensor.Values.ToArray())];

    public sealed class Callback(Action<TrialResult> report) : IProgress<TrialResult>
    {
        public void Report(TrialResult value) => report(value);
    }

    public sealed class EpochCallback(Action report) : IProgress<EpochReport>
    {
        public void Report(EpochReport value) => report();
    }
}
