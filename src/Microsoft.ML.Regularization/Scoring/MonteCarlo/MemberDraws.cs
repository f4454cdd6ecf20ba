using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization.Scoring;

/// <summary>The draws of one of the networks that a model is the mean of, or of a network that predicts by itself.</summary>
/// <param name="network">The network.</param>
/// <param name="imputation">Fills in the missing numbers of a row; null where they are filled in already.</param>
/// <param name="link">Makes predictions of the network's outputs.</param>
/// <param name="draws">The networks that result from it.</param>
internal sealed class MemberDraws(TrainedNetwork network, Imputation? imputation, OutputLink link, INetworkDraws draws) : IDisposable
{
    /// <summary>How much the network counts; all shares sum to 1.</summary>
    public double Share { get; init; } = 1;

    /// <summary>How many draws there are.</summary>
    public required int Count { get; init; }

    /// <summary>Whether all of them equal the network without noise.</summary>
    public bool AreAlike => draws.AreAlike;

    /// <summary>Whether several threads score faster than one.</summary>
    public bool AreParallel => draws.AreParallel;

    /// <summary>Those of a network that predicts by itself.</summary>
    public static MemberDraws Of(TrainedNetwork network, int passes, RandomKey key) => new(network, imputation: null, network.Link, Draw(network, passes, key)) { Count = passes };

    /// <summary>Those of each of the networks that a model is the mean of, with noise of its own. Passes are dealt out by shares, one at least to each network.</summary>
    public static MemberDraws[] OfMembers(TrainedNetwork model, int passes, RandomKey key)
    {
        var counts = Deal(passes, model.Shares);
        return [.. model.Members.Select((member, i) =>
        {
            var draws = Draw(member, counts[i], i == 0 ? key : key.Derive("member").Derive((ulong)i), model.Members.Count);
            return new MemberDraws(member, member.Outcome.Imputation, EnsembleParts.LinkOf(model, member), draws) { Share = model.Shares[i], Count = counts[i] };
        })];
    }

    /// <summary>A row as the network takes it, from the row as the model reads it.</summary>
    public float[] Fill(ReadOnlySpan<float> row)
    {
        if (imputation is null)
            return row.ToArray();

        var filled = new float[network.FilledInput.Width];
        imputation.Apply(row, filled);
        return filled;
    }

    /// <param name="draw">Which, from 0.</param>
    /// <param name="features">A row as <see cref="Fill"/> gives it.</param>
    /// <param name="prediction">Receives one value for each output.</param>
    public void Predict(int draw, float[] features, Span<float> prediction)
    {
        draws.Score(draw, features, prediction);
        link.Apply(prediction);
    }

    public void Dispose() => draws.Dispose();

    private static INetworkDraws Draw(TrainedNetwork network, int count, RandomKey key, int networks = 1) =>
        network.Architecture.DrawsInManagedCode ? new ManagedDraws(network, key, count, networks) : new TorchDraws(network, key);

    // Each further pass goes to the network that has the fewest for its share.
    private static int[] Deal(int passes, IReadOnlyList<double> shares)
    {
        var counts = new int[shares.Count];
        Array.Fill(counts, 1);
        for (var dealt = counts.Length; dealt < passes; dealt++)
            counts[Enumerable.Range(0, counts.Length).MinBy(i => counts[i] / shares[i])]++;
        return counts;
    }
}
