using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Scoring;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Explanations;

/// <summary>Rows that stand for all of a view.</summary>
internal static class BackgroundRows
{
    /// <summary>A random choice, in the order of scores; of classes in that of the most probable one, and of its score among the rows of each.</summary>
    /// <param name="host">For errors.</param>
    /// <param name="network">The model's.</param>
    /// <param name="view">The rows.</param>
    /// <param name="columns">What the network reads of them.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="seed">Of the choice.</param>
    /// <returns>The rows, as the model reads them; none where the view has none.</returns>
    public static List<float[]> Choose(IHost host, TrainedNetwork network, IDataView view, InputColumns columns, int count, int seed)
    {
        var candidates = new List<(float[] Row, int Class, float Score)>();
        var random = new Random(seed);
        using var cursor = view.GetRowCursor(columns.All);
        var (input, prediction) = (new RowInput(host, network, columns, cursor), new RowPrediction(host, network, columns, cursor));
        for (var seen = 1; cursor.MoveNext(); seen++)
        {
            // Each row is as likely as any other to be among those that are kept.
            var place = candidates.Count < count ? candidates.Count : random.Next(seen);
            if (place >= count)
                continue;
            var outputs = prediction.Outputs;
            var best = outputs.Length == 1 ? 0 : System.Numerics.Tensors.TensorPrimitives.IndexOfMax(outputs);
            var candidate = (input.Read().ToArray(), best, outputs[best]);
            if (place == candidates.Count)
                candidates.Add(candidate);
            else
                candidates[place] = candidate;
        }

        return [.. candidates.OrderBy(candidate => candidate.Class).ThenBy(candidate => candidate.Score).Select(candidate => candidate.Row)];
    }
}
