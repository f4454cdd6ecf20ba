using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Medians and quartiles of numbers, of those rows that have them.</summary>
internal static class RankedNumbers
{
    /// <summary>Quantiles of this many rows, evenly spread, are those of all to a fraction of a percent.</summary>
    public const int MostRows = 100_000;

    // As many columns as fit into a cache line, so that each line of the table is read once.
    private const int NumbersAtATime = 16;

    /// <summary>For each number the median, and the interquartile range or, where the quartiles are equal, half the range.</summary>
    public static NumberScale[] Scales(RowTable table, int count, FitWatch? watch)
    {
        var scales = new NumberScale[count];
        ForEach(table, count, steps: 1, watch, (i, values) =>
        {
            if (values.Length > 0)
                scales[i] = Scale(values);
        });
        return scales;
    }

    /// <summary>Median and range of a number.</summary>
    /// <param name="values">Of the rows that have it, of which there are some; they are moved.</param>
    public static NumberScale Scale(Span<float> values)
    {
        var median = OrderStatistics.Quantile(values, 0.5);
        var range = OrderStatistics.Quantile(values, 0.75) - OrderStatistics.Quantile(values, 0.25);
        if (range == 0)
            range = ((double)TensorPrimitives.Max<float>(values) - TensorPrimitives.Min<float>(values)) / 2;
        return new NumberScale(median, range, values.Length);
    }

    /// <summary>For each number its median, over all steps of a sequence; 0 where no row has it.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="count">Numbers of a step.</param>
    /// <param name="steps">Steps; 1 for a table.</param>
    /// <param name="watch">Signals when the fit is to end; null for never.</param>
    public static float[] Medians(RowTable table, int count, int steps, FitWatch? watch)
    {
        var medians = new float[count];
        ForEach(table, count, steps, watch, (i, values) => medians[i] = values.Length == 0 ? 0 : (float)OrderStatistics.Quantile(values, 0.5));
        return medians;
    }

    /// <summary>The indices of rows with a weight above 0, at most so many, evenly spread.</summary>
    public static int[] Places(RowTable table, int most)
    {
        var rows = Math.Min(table.Count, most);
        return [.. Enumerable.Range(0, rows).Select(row => (int)((long)row * table.Count / rows)).Where(place => table.Weight(place) > 0)];
    }

    /// <summary>Hands out the values of each number, of those rows that have it.</summary>
    public static void ForEach(RowTable table, int count, int steps, FitWatch? watch, Take take)
    {
        var places = Places(table, Math.Max(1, MostRows / steps));
        var rows = places.Length;
        RangeWork.Run(count, NumbersAtATime, (start, length) =>
        {
            if (watch?.Interruption is not null)
                return;
            var columns = Enumerable.Range(0, length).Select(_ => new float[rows * steps]).ToArray();
            var present = new int[length];
            var numbers = new float[length];
            foreach (var place in places)
            {
                for (var step = 0; step < steps; step++)
                {
                    table.CopyFeatures(place, step * count + start, numbers);
                    for (var i = 0; i < length; i++)
                    {
                        columns[i][present[i]] = numbers[i];
                        present[i] += float.IsNaN(numbers[i]) ? 0 : 1;
                    }
                }
            }

            for (var i = 0; i < length; i++)
                take(start + i, columns[i].AsSpan(0, present[i]));
        });
        watch?.ThrowIfInterrupted();
    }

    /// <param name="number">Which number.</param>
    /// <param name="values">Its values, which may be moved.</param>
    public delegate void Take(int number, Span<float> values);
}
