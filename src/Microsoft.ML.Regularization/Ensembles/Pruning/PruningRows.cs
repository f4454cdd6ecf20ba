using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Regularization.Training;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>The validation rows that members are chosen by, scored in managed code.</summary>
internal sealed class PruningRows
{
    private const int BatchSize = 256;

    private readonly ITrainingData _data;
    private readonly TrainingOutcome _outcome;

    /// <param name="data">The rows.</param>
    /// <param name="outcome">Tells how missing numbers are filled in, and the units of the target.</param>
    /// <param name="input">The layout of a row as it comes.</param>
    public PruningRows(ITrainingData data, TrainingOutcome outcome, InputLayout input)
    {
        (_data, _outcome) = (data, outcome);
        Filled = input.Filled(outcome.Imputation, outcome.Flags);
        Labels = new RowLabels(data.Target.TargetSize);
        using var batches = data.Validation.InOrder(BatchSize);
        while (batches.MoveNext())
        {
            foreach (var row in batches.Rows)
                Labels.Add(batches.Table.Label(row));
        }
    }

    /// <summary>The layout of a row with missing numbers filled in.</summary>
    public InputLayout Filled { get; }

    /// <summary>The rows' labels and weights.</summary>
    public RowLabels Labels { get; }

    /// <summary>A network's outputs for each row.</summary>
    /// <param name="scorer">The network.</param>
    /// <param name="width">Its outputs.</param>
    public float[] Score(INetworkScorer scorer, int width)
    {
        var all = new float[Labels.Count * width];
        var (done, filled) = (0, new float[BatchSize * Filled.Width]);
        using var batches = _data.Validation.InOrder(BatchSize);
        while (batches.MoveNext())
        {
            var table = batches.Table;
            var rows = batches.Rows;
            var own = new float[table.FeatureCount];
            for (var i = 0; i < rows.Length; i++)
            {
                var target = filled.AsSpan(i * Filled.Width, Filled.Width);
                if (_outcome.Imputation is not { } imputation)
                {
                    table.CopyFeatures(rows[i], target);
                    continue;
                }

                table.CopyFeatures(rows[i], own);
                imputation.Apply(own, target);
            }

            scorer.Score(filled.AsSpan(0, rows.Length * Filled.Width), rows.Length, all.AsSpan(done * width, rows.Length * width));
            done += rows.Length;
        }

        return all;
    }

    /// <summary>The probabilities, or numbers before they are bounded, that one of several members predicts for each row.</summary>
    /// <param name="outputs">(rows, members, outputs).</param>
    /// <param name="members">How many there are.</param>
    /// <param name="member">Which, from 0.</param>
    public float[] PredictionsOf(float[] outputs, int members, int member)
    {
        var width = _data.Target.Outputs;
        var link = _data.Task.CreateLink(_outcome.TargetScale is { } scale ? scale with { Least = null, Greatest = null } : null);
        var predictions = new float[Labels.Count * width];
        for (var row = 0; row < Labels.Count; row++)
        {
            var own = predictions.AsSpan(row * width, width);
            outputs.AsSpan((row * members + member) * width, width).CopyTo(own);
            link.Apply(own);
        }

        return predictions;
    }
}
