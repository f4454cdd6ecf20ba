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

    /// <summary>The disk is full when a worker writes the model of the second trial: the search says so, and goes on where it is started again.</summary>
    public static void AssertGoesOnAfterAFullDisk(ITrialExecutor executor)
    {
        var folder = Directory.CreateTempSubdirectory("full-disk").FullName;
        var model = Path.Combine(folder, "trials", "0002", "model.zip");
        Directory.CreateDirectory(Path.GetDirectoryName(model)!);
        File.CreateSymbolicLink(model + ".tmp", "/dev/full");
        var options = new SearchOptions { Folder = folder, Executor = executor };
        var error = Assert.ThrowsExactly<IOException>(() => Search(options, trials: 4));
        Assert.Contains(model, error.Message);
        Assert.Contains("No space left", error.Message);
        AssertSame(Search(new SearchOptions(), trials: 4), Search(options, trials: 4));
        Directory.Delete(folder, recursive: true);
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
