using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>
/// Predictions of training rows by networks that have not seen them: of each row the mean of the networks that validate on its fold. Rows of folds whose
/// networks have come to nothing are not there.
/// </summary>
/// <param name="Rows">The rows, by their places in the set, in ascending order.</param>
/// <param name="Outputs">(rows, outputs): logarithms of probabilities, log-odds, or numbers in the target's units, as the outputs of a model of several networks.</param>
/// <param name="Labels">The rows' labels and weights.</param>
internal sealed record OutOfFoldPredictions(IReadOnlyList<int> Rows, float[] Outputs, RowLabels Labels)
{
    /// <param name="cohort">Is over.</param>
    /// <param name="groups">The networks of each fold.</param>
    /// <param name="set">All rows.</param>
    public static OutOfFoldPredictions Of(Cohort cohort, IReadOnlyList<MemberGroup> groups, TrainingSet set)
    {
        var width = set.Target.Outputs;
        var predictions = new List<(int Row, ReadOnlyMemory<float> Outputs)>();
        foreach (var group in groups)
        {
            var members = group.MembersIn(cohort).Where(member => member.Outcome is not null).ToList();
            if (members.Count == 0)
                continue;

            var heldOut = ((FoldRows)group.Rows).HeldOut;
            var mean = new float[heldOut.Count * width];
            var scales = members.Select(member => member.Outcome!.TargetScale).ToList();
            set.Task.CreateMean(width, scales, PredictionMean.Alike(members.Count))
                .Compute([.. members.SelectMany(member => member.ModelOutputs.ToArray())], heldOut.Count, mean);
            predictions.AddRange(heldOut.Select((row, i) => (row, (ReadOnlyMemory<float>)mean.AsMemory(i * width, width))));
        }

        var ordered = predictions.OrderBy(prediction => prediction.Row).ToList();
        var labels = new RowLabels(set.Target.TargetSize);
        foreach (var (row, _) in ordered)
            labels.Add(set.Rows.Table.Label(row));
        return new OutOfFoldPredictions([.. ordered.Select(prediction => prediction.Row)], [.. ordered.SelectMany(prediction => prediction.Outputs.ToArray())], labels);
    }

    /// <summary>The metrics of the predictions; the loss of a regression is in units of the standard deviation of all rows' targets.</summary>
    public IReadOnlyDictionary<ValidationMetric, double> Measure(IHost host, TrainingSet set, TrainingSettings settings)
    {
        var encoding = set.Target.CreateEncoding(host, set.LabelColumnName, set.TrainingSummary, settings.ClassWeights, previous: null);
        var outputs = encoding.Scale is not { } scale ? Outputs : Array.ConvertAll(Outputs, number => (float)((number - scale.Mean) / scale.Deviation));
        return new MeanEvaluation(set, settings, Labels).Measure(outputs, encoding).Metrics;
    }
}
