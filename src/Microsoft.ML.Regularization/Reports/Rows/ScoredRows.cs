namespace Microsoft.ML.Regularization.Reports;

/// <summary>The labels of rows, and what a model predicted for them.</summary>
/// <param name="Classes">Names of the classes; those of two classes are false and true. Empty for a regression.</param>
/// <param name="Labels">Of each row its class, from 0, or its number.</param>
/// <param name="Predictions">For each row the probability of each class, one row after another; of a regression the number that was predicted.</param>
/// <param name="Skipped">Rows whose label or prediction is missing.</param>
internal sealed record ScoredRows(IReadOnlyList<string> Classes, float[] Labels, float[] Predictions, int Skipped)
{
    public int Count => Labels.Length;

    public bool IsRegression => Classes.Count == 0;

    /// <summary>Of each row its number among those that were read, the ones that are left out included.</summary>
    public int[] Places { get; init; } = [];

    /// <summary>Two classes of a binary classifier, the second of which is true.</summary>
    public bool IsBinary { get; init; }

    public int Class(int row) => (int)Labels[row];

    /// <summary>The probabilities of a row's classes.</summary>
    public ReadOnlySpan<float> Probabilities(int row) => Predictions.AsSpan(row * Classes.Count, Classes.Count);

    /// <summary>The class that is the most probable; of equally probable ones the first.</summary>
    public int PredictedClass(int row) => System.Numerics.Tensors.TensorPrimitives.IndexOfMax(Probabilities(row));

    /// <summary>The log-loss of a row, probabilities counting as 1e-7 at the least; of a regression the squared error.</summary>
    public double Loss(int row)
    {
        if (!IsRegression)
            return -Math.Log(Math.Max(1e-7, Probabilities(row)[Class(row)]));
        var difference = (double)Predictions[row] - Labels[row];
        return difference * difference;
    }

    /// <summary>The mean loss of all rows; of a regression the root of it.</summary>
    public double MeanLoss()
    {
        var sum = 0.0;
        for (var row = 0; row < Count; row++)
            sum += Loss(row);
        return IsRegression ? Math.Sqrt(sum / Count) : sum / Count;
    }
}
