using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>
/// What the model predicts in the mean if a column of numbers has the same value in all rows, for several values (Friedman, "Greedy function approximation: a gradient boosting machine", 2001).
/// </summary>
/// <param name="Name">The column.</param>
/// <param name="Points">For each value, in ascending order, the mean prediction: of each class its probability, or the number.</param>
internal sealed record PartialDependence(string Name, IReadOnlyList<(double Value, double[] Prediction)> Points)
{
    private const int Values = 12;

    /// <summary>Measures a column between its 2nd and 98th hundredth; null where it has a single value there.</summary>
    public static PartialDependence? Of(IHostEnvironment host, ITransformer model, IDataView rows, ScoreReader reader, string column, IReadOnlyList<float> labels, CancellationToken cancellation)
    {
        var sorted = SliceColumn.Numbers(rows, column).Order().ToArray();
        if (sorted.Length == 0)
            return null;
        float[] values = [.. Enumerable.Range(0, Values).Select(i => sorted[(int)((0.02 + 0.96 * i / (Values - 1)) * (sorted.Length - 1))]).Distinct()];
        if (values.Length < 2)
            return null;
        return new(column, [.. values.Select(value => ((double)value, Mean(reader.Read(
            model.Transform(ComputedColumnView.Create(host, rows, new ConstantColumn(column, value))), int.MaxValue, cancellation, labels))))]);
    }

    private static double[] Mean(ScoredRows rows)
    {
        var width = Math.Max(1, rows.Classes.Count);
        return [.. Enumerable.Range(0, width).Select(place => Enumerable.Range(0, rows.Count).Average(row => (double)rows.Predictions[row * width + place]))];
    }
}
