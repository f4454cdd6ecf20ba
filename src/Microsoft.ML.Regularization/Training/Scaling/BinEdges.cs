using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Learns the edges of bins from training rows as the network sees them: filled in and scaled. See <see cref="PiecewiseLinearEmbedding"/>.</summary>
internal static class BinEdges
{
    // A column's quantiles need no more rows; the fewer, the more columns there are.
    private const int MostValues = 1 << 24;
    private const int LeastRows = 1 << 12;

    /// <param name="data">The training rows.</param>
    /// <param name="input">The layout of a row once it is filled in.</param>
    /// <param name="imputation">Fills in missing numbers; null where there are none.</param>
    /// <param name="scaler">Null where they are not scaled.</param>
    /// <param name="bins">How many bins there may be.</param>
    /// <param name="watch">Signals when the fit is to end; null for never.</param>
    /// <returns>(numbers, bins + 1): for each number that is no flag its edges, of which the last is repeated where there are fewer.</returns>
    public static float[] Learn(Dataset data, InputLayout input, Imputation? imputation, InputScaler? scaler, int bins, FitWatch? watch)
    {
        var numbers = input.QuantityCount;
        if (numbers == 0)
            return [];
        var most = Math.Min(RankedNumbers.MostRows, Math.Max(LeastRows, MostValues / numbers));
        var columns = Columns(data.Sample(most), most, input, imputation, scaler, watch);
        var edges = new float[numbers * (bins + 1)];
        RangeWork.Run(numbers, 1, (start, length) =>
        {
            for (var number = start; number < start + length && watch?.Interruption is null; number++)
            {
                var column = columns[number];
                if (column.Length == 0)
                    continue;
                column.AsSpan().Sort();
                var own = edges.AsSpan(number * (bins + 1), bins + 1);
                var knots = QuantileKnots.Of(column, bins + 1);
                knots.CopyTo(own);
                own[knots.Length..].Fill(knots[^1]);
            }
        });
        watch?.ThrowIfInterrupted();
        return edges;
    }

    private static float[][] Columns(RowTable table, int most, InputLayout input, Imputation? imputation, InputScaler? scaler, FitWatch? watch)
    {
        var (numbers, slots) = (input.Numbers, input.Quantities.ToArray());
        var places = RankedNumbers.Places(table, most);
        var columns = slots.Select(_ => new float[places.Length]).ToArray();
        var (row, filled) = (new float[table.FeatureCount], new float[table.FeatureCount + numbers]);
        for (var i = 0; i < places.Length; i++)
        {
            watch?.ThrowIfInterrupted();
            table.CopyFeatures(places[i], row);
            ReadOnlySpan<float> scaled = row;
            if (imputation is not null)
            {
                imputation.Apply(row, filled);
                scaled = filled;
            }

            scaled = scaled[..numbers];
            if (scaler is not null)
            {
                var own = new float[numbers];
                scaler.Apply(scaled, own);
                scaled = own;
            }

            for (var number = 0; number < slots.Length; number++)
                columns[number][i] = scaled[slots[number]];
        }

        return columns;
    }
}
