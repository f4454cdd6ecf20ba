using Microsoft.ML.Regularization.Reports;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>What a model predicts for rows, and what each of them loses.</summary>
/// <param name="Rows">Labels and predictions.</param>
internal sealed record MeasuredRows(ScoredRows Rows)
{
    private double[]? _losses;

    public int Count => Rows.Count;

    public bool HasClasses => !Rows.IsRegression;

    /// <summary>Of each row; of classes in nats, of numbers squares.</summary>
    public IReadOnlyList<double> Losses => _losses ??= [.. Enumerable.Range(0, Rows.Count).Select(Rows.Loss)];

    public double Loss => Losses.Average();

    public double ErrorShare => Enumerable.Range(0, Rows.Count).Count(IsWrong) / (double)Rows.Count;

    public bool IsWrong(int row) => Rows.PredictedClass(row) != Rows.Class(row);

    /// <summary>The probability of what is predicted.</summary>
    public double Confidence(int row) => Rows.Probabilities(row)[Rows.PredictedClass(row)];

    /// <summary>By how much each row loses more than another prediction of the same rows.</summary>
    public LossComparison Against(IReadOnlyList<double> losses) => LossComparison.Of([.. Losses.Zip(losses, (own, other) => own - other)]);

    /// <summary>What each row loses where the shares of the classes, or the mean, of training rows are predicted.</summary>
    public IReadOnlyList<double> LossesWithout(MeasuredRows training)
    {
        if (!HasClasses)
        {
            var mean = training.Rows.Labels.Average();
            return [.. Rows.Labels.Select(label => (double)(label - mean) * (label - mean))];
        }

        var shares = new double[Rows.Classes.Count];
        foreach (var label in training.Rows.Labels)
            shares[(int)label] += 1.0 / training.Count;
        return [.. Rows.Labels.Select(label => -Math.Log(Math.Max(1e-7, shares[(int)label])))];
    }
}
