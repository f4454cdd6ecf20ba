using Microsoft.ML.Regularization.Splitting;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Statistics of the labels and example weights of all rows, added row by row.</summary>
/// <param name="targetSize">Numbers of a target: the classes, or 1 for a regression.</param>
internal class LabelSummary(int targetSize)
{
    private double _mean;
    private double _squares;

    /// <summary>Rows.</summary>
    public long Count { get; private set; }

    /// <summary>Rows whose example weight is above 0.</summary>
    public long WeightedCount { get; private set; }

    /// <summary>The sum of the example weights.</summary>
    public double WeightSum { get; private set; }

    public double MeanWeight => WeightSum / Count;

    /// <summary>The rows and weights of each class.</summary>
    public ClassCounts Classes { get; } = new(targetSize);

    /// <summary>Mean and standard deviation of a regression's targets, by their example weights.</summary>
    public TargetScale TargetScale => new(_mean, Math.Sqrt(_squares / WeightSum));

    /// <summary>The least of a regression's targets.</summary>
    public float LeastTarget { get; private set; } = float.PositiveInfinity;

    /// <summary>The greatest of a regression's targets.</summary>
    public float GreatestTarget { get; private set; } = float.NegativeInfinity;

    /// <summary>The least and the greatest target of rows whose example weight is above 0.</summary>
    public (float Least, float Greatest) TargetBounds { get; private set; } = (float.PositiveInfinity, float.NegativeInfinity);

    public void Add(RowLabel label)
    {
        var weight = label.Weight;
        WeightedCount += weight > 0 ? 1 : 0;
        Count++;
        WeightSum += weight;
        if (label.Class is { } hardClass)
        {
            Classes.Add(hardClass, weight);
            return;
        }

        Classes.Add(label.Values, weight);
        if (targetSize > 1)
            return;
        var target = label.Values[0];
        (LeastTarget, GreatestTarget) = (Math.Min(LeastTarget, target), Math.Max(GreatestTarget, target));
        if (weight > 0)
        {
            TargetBounds = (Math.Min(TargetBounds.Least, target), Math.Max(TargetBounds.Greatest, target));

            // Welford's update, by weights (West, 1979): squares of large numbers that differ little would cancel.
            var difference = target - _mean;
            _mean += weight / WeightSum * difference;
            _squares += weight * difference * (target - _mean);
        }
    }
}
