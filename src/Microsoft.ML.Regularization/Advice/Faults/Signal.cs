namespace Microsoft.ML.Regularization.Advice;

/// <summary>
/// Whether predictions have to do with labels: how often, of two rows with different labels, the one with the greater label has the greater prediction; of classes the mean over each of them against the others
/// (the area under its ROC curve). A half is chance. A test of the log-loss needs far more rows.
/// </summary>
/// <param name="Concordance">How often, from 0 to 1.</param>
/// <param name="Error">Its standard error where labels are chance.</param>
internal readonly record struct Signal(double Concordance, double Error)
{
    /// <summary>Standard errors that are no accident.</summary>
    private const double Errors = 2.5;

    // With less than this nobody could do much; where so much cannot be excluded, the rows are too few to say that there is none.
    private const double Little = 0.65;

    /// <summary>Whether predictions follow the labels.</summary>
    public bool IsSure => Concordance - Errors * Error > 0.5;

    /// <summary>Whether they do not, and the rows are enough to say so.</summary>
    public bool IsNone => !IsSure && Concordance + Errors * Error < Little;

    public static Signal Of(MeasuredRows measured)
    {
        var rows = measured.Rows;
        if (rows.IsRegression)
            return OfNumbers(rows.Labels, rows.Predictions);
        int[] classes = rows.IsBinary ? [1] : [.. Enumerable.Range(0, rows.Classes.Count)];
        var areas = classes.Select(one => OfClass([.. Enumerable.Range(0, rows.Count).Select(row => rows.Class(row) == one)], [.. Enumerable.Range(0, rows.Count).Select(row => rows.Probabilities(row)[one])])).OfType<Signal>().ToList();
        return areas.Count == 0 ? new(0.5, 0.5) : new(areas.Average(area => area.Concordance), Math.Sqrt(areas.Sum(area => area.Error * area.Error)) / areas.Count);
    }

    // Null where there is one class.
    private static Signal? OfClass(bool[] marks, float[] scores)
    {
        var (positives, negatives) = ((double)marks.Count(mark => mark), (double)marks.Count(mark => !mark));
        if (positives == 0 || negatives == 0)
            return null;
        Array.Sort(scores, marks);
        var (below, right) = (0.0, 0.0);
        for (var first = 0; first < scores.Length;)
        {
            var (next, hits, misses) = (first, 0, 0);
            for (; next < scores.Length && scores[next] == scores[first]; next++)
                (hits, misses) = marks[next] ? (hits + 1, misses) : (hits, misses + 1);
            right += hits * (below + misses / 2.0);
            (below, first) = (below + misses, next);
        }

        return new(right / (positives * negatives), Math.Sqrt((positives + negatives + 1) / (12 * positives * negatives)));
    }

    private static Signal OfNumbers(float[] labels, float[] predictions)
    {
        var (right, pairs, count) = (0.0, 0.0, (double)labels.Length);
        for (var i = 0; i < labels.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (labels[i] == labels[j])
                    continue;
                pairs++;
                var product = (predictions[i] - predictions[j]) * Math.Sign(labels[i] - labels[j]);
                right += product > 0 ? 1 : product == 0 ? 0.5 : 0;
            }
        }

        // Half of that of Kendall's tau.
        return pairs == 0 ? new(0.5, 0.5) : new(right / pairs, Math.Sqrt(2 * (2 * count + 5) / (9 * count * (count - 1))) / 2);
    }
}
