using System.Buffers;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization.Scoring;

/// <summary>The same of networks that all take sparse rows as such.</summary>
internal sealed class SparseEnsembleScorer(IReadOnlyList<TrainedNetwork> members, PredictionMean mean) : EnsembleScorer(members, mean), ISparseScorer
{
    private readonly (ISparseScorer Scorer, Imputation? Imputation)[] _members =
        [.. members.Select(member => ((ISparseScorer)member.Scorer, member.Outcome.Imputation))];

    private readonly int _outputs = members[0].Outputs;

    public void Score(ReadOnlySpan<SlotValue> row, Span<float> outputs)
    {
        var rented = ArrayPool<float>.Shared.Rent(_members.Length * _outputs);
        var filled = new List<SlotValue>();
        for (var i = 0; i < _members.Length; i++)
        {
            var (scorer, imputation) = _members[i];
            scorer.Score(imputation is null ? row : imputation.Apply(row, filled), OutputsOf(rented, i, count: 1));
        }

        Finish(rented, count: 1, outputs);
    }

    public void Score(SparseTable table, int first, int count, Span<float> outputs)
    {
        var rented = ArrayPool<float>.Shared.Rent(_members.Length * count * _outputs);
        for (var i = 0; i < _members.Length; i++)
        {
            var (scorer, imputation) = _members[i];
            if (imputation is null)
                scorer.Score(table, first, count, OutputsOf(rented, i, count));
            else
                scorer.Score(Fill(table, first, count, imputation), 0, count, OutputsOf(rented, i, count));
        }

        Finish(rented, count, outputs);
    }

    private static SparseTable Fill(SparseTable table, int first, int count, Imputation imputation)
    {
        var filled = new SparseTable();
        var row = new List<SlotValue>();
        for (var i = 0; i < count; i++)
            filled.Add(imputation.Apply(table[first + i], row));
        return filled;
    }
}
