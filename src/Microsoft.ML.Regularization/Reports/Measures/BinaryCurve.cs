namespace Microsoft.ML.Regularization.Reports;

/// <summary>What becomes of rows of two classes at each threshold of the probability: rows at or above it are taken for true.</summary>
internal sealed class BinaryCurve
{
    private BinaryCurve(IReadOnlyList<ThresholdPoint> points, int trues, int rows) => (Points, Trues, Rows) = (points, trues, rows);

    /// <summary>From the highest threshold, above all rows, to the lowest probability.</summary>
    public IReadOnlyList<ThresholdPoint> Points { get; }

    /// <summary>Rows that are true.</summary>
    public int Trues { get; }

    /// <summary>All rows.</summary>
    public int Rows { get; }

    /// <summary>The area under the ROC curve; rows of the same probability count half. NaN where all rows are of one class.</summary>
    public double AreaUnderRoc
    {
        get
        {
            double area = 0, falses = Rows - Trues;
            for (var i = 1; i < Points.Count; i++)
                area += (Points[i].FalseAlarms - Points[i - 1].FalseAlarms) * (Points[i].Hits + (double)Points[i - 1].Hits) / 2;
            return area / (Trues * falses);
        }
    }

    public static BinaryCurve Of(ScoredRows rows)
    {
        var probabilities = Enumerable.Range(0, rows.Count).Select(row => rows.Probabilities(row)[1]).ToArray();
        var order = Enumerable.Range(0, rows.Count).OrderByDescending(row => probabilities[row]).ToArray();
        var points = new List<ThresholdPoint> { new(double.PositiveInfinity, 0, 0) };
        var (hits, falseAlarms) = (0, 0);
        for (var i = 0; i < order.Length; i++)
        {
            if (rows.Class(order[i]) == 1)
                hits++;
            else
                falseAlarms++;
            if (i == order.Length - 1 || probabilities[order[i + 1]] != probabilities[order[i]])
                points.Add(new ThresholdPoint(probabilities[order[i]], hits, falseAlarms));
        }

        return new BinaryCurve(points, hits, rows.Count);
    }

    /// <summary>The last point at which no more rows are taken for true than are at least that probable.</summary>
    /// <param name="threshold">From 0 to 1.</param>
    public ThresholdPoint At(double threshold) => Points.Last(point => point.Threshold >= threshold);

    /// <summary>The point of least cost; of several the one that takes the fewest rows for true.</summary>
    public ThresholdPoint Cheapest(double falseAlarmCost, double missCost) =>
        Points.MinBy(point => point.FalseAlarms * falseAlarmCost + (Trues - point.Hits) * missCost)!;
}
