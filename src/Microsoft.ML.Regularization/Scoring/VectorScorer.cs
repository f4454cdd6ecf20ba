using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Scoring;

/// <summary>Scores vectors that hold all that a network reads of a row.</summary>
internal static class VectorScorer
{
    /// <summary>A function from a row to the network's outputs, for one thread.</summary>
    /// <param name="context">For errors.</param>
    /// <param name="network">The network.</param>
    public static RowScorer Create(IExceptionContext context, TrainedNetwork network)
    {
        var dense = new float[network.Input.Width];
        var filled = new float[network.FilledInput.Width];
        var (sparse, filledSparse) = (new List<SlotValue>(), new List<SlotValue>());
        return (in VBuffer<float> source, Span<float> outputs) =>
        {
            if (source.Length != dense.Length)
                throw context.Except($"The network takes {dense.Length} features, but the row has {source.Length}.");

            if (network.Scorer is ISparseScorer scorer)
            {
                sparse.Clear();
                foreach (var (slot, value) in source.Items())
                {
                    if (value != 0)
                        sparse.Add(new SlotValue(slot, value));
                }

                if (MissingNumbers.Unify(CollectionsMarshal.AsSpan(sparse), network.Input.Numbers) is { } gap && network.Input.RefusesGaps)
                    throw context.Except("A row is refused: " + MissingNumbers.Refusal(gap.Value, $"feature {gap.Slot}", isImage: false));
                var row = CollectionsMarshal.AsSpan(sparse);
                scorer.Score(network.Outcome.Imputation is { } fill ? fill.Apply(row, filledSparse) : row, outputs);
                return;
            }

            source.CopyTo(dense);
            var numbers = dense.AsSpan(0, network.Input.Numbers);
            if (MissingNumbers.AnyIn(numbers))
            {
                if (network.Input.RefusesGaps)
                    throw context.Except("A row is refused: " + MissingNumbers.Refusal(numbers, slot => $"feature {slot}", network.Input.Image is not null));
                MissingNumbers.Unify(numbers);
            }

            if (network.Outcome.Imputation is not { } imputation)
            {
                network.Scorer.Score(dense, outputs);
                return;
            }

            imputation.Apply(dense, filled);
            network.Scorer.Score(filled, outputs);
        };
    }
}
