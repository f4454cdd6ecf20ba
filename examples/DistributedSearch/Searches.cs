using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML;
using Microsoft.ML.Regularization;

namespace DistributedSearch;

/// <summary>What several measurements do.</summary>
internal static class Searches
{
    public static SearchResult Run(DigitSearch search, int trials, SearchOptions options) =>
        new MLContext(seed: 1).Regularization().Search(search.MakeRunner(), new SearchBudget { Trials = trials }, options);

    /// <summary>A hash of all weights, to compare bit for bit.</summary>
    public static string HashOf(SearchResult result)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in result.Model.GetNeuralNetwork().Weights)
            hash.AppendData(MemoryMarshal.AsBytes(tensor.Values.Span));
        return Convert.ToHexString(hash.GetHashAndReset())[..16];
    }

    /// <summary>Whether two searches came to the same: every trial's metric and epochs, and the best model's weights.</summary>
    public static bool AreSame(SearchResult one, SearchResult other) =>
        HashOf(one) == HashOf(other)
        && one.Trials.Select(WithoutPlace).SequenceEqual(other.Trials.Select(WithoutPlace));

    private static TrialResult WithoutPlace(TrialResult result) => result with { Seconds = 0, Worker = null, Notices = [] };
}
