using System.Buffers;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization.Scoring;

/// <summary>Scores rows by the mean of several networks' predictions. Each network fills in missing numbers and scales in its own way.</summary>
internal class EnsembleScorer(IReadOnlyList<TrainedNetwork> members, PredictionMean mean) : INetworkScorer, IDisposable
{
    private readonly int _outputs = members[0].Outputs;

    public IReadOnlyList<ScoringLayer> Layers { get; } = [.. members.SelectMany(member => member.Scorer.Layers)];

    public int Blocks => members[0].Scorer.Blocks;

    public void Score(ReadOnlySpan<float> rows, int count, Span<float> outputs, NetworkNoise? noise = null)
    {
        if (noise is not null)
            throw new NotSupportedException("Several networks have no common noise.");

        var rented = ArrayPool<float>.Shared.Rent(members.Count * count * _outputs);
        for (var i = 0; i < members.Count; i++)
            Score(members[i], rows, count, OutputsOf(rented, i, count));
        Finish(rented, count, outputs);
    }

    public void Dispose()
    {
        foreach (var member in members)
            member.Release();
    }

    /// <summary>The outputs of one network among those of all.</summary>
    protected Span<float> OutputsOf(float[] all, int member, int count) => all.AsSpan(member * count * _outputs, count * _outputs);

    /// <summary>Computes the mean of all networks' outputs, and gives their memory back.</summary>
    protected void Finish(float[] rented, int count, Span<float> outputs)
    {
        mean.Compute(rented.AsSpan(0, members.Count * count * _outputs), count, outputs);
        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>Scores rows by one of the networks, which fills in missing numbers in its own way.</summary>
    public static void Score(TrainedNetwork member, ReadOnlySpan<float> rows, int count, Span<float> outputs)
    {
        if (member.Outcome.Imputation is not { } imputation)
        {
            member.Scorer.Score(rows, count, outputs);
            return;
        }

        var (width, filledWidth) = (rows.Length / count, member.FilledInput.Width);
        var rented = ArrayPool<float>.Shared.Rent(count * filledWidth);
        var filled = rented.AsSpan(0, count * filledWidth);
        for (var row = 0; row < count; row++)
            imputation.Apply(rows.Slice(row * width, width), filled.Slice(row * filledWidth, filledWidth));
        member.Scorer.Score(filled, count, outputs);
        ArrayPool<float>.Shared.Return(rented);
    }
}
