using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Training;

/// <summary>The scale of numbers that have two values at most.</summary>
internal static class FlagScale
{
    /// <summary>The scale of a number that is 0 or 1: the count of ones determines it, so no row has to be read.</summary>
    /// <param name="scaling">The kind of scaling.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="ones">In how many of them it is 1; neither none nor all.</param>
    public static NumberScale Of(InputScaling scaling, long rows, long ones)
    {
        if (scaling == InputScaling.UnitLength)
            return new NumberScale(Center: 0, Scale: 1, rows);
        if (scaling == InputScaling.Standardize)
        {
            var share = (double)ones / rows;
            return new NumberScale(share, Math.Sqrt(share * (1 - share)), rows);
        }

        var range = Quantile(0.75) - Quantile(0.25);
        return new NumberScale(Quantile(0.5), range == 0 ? 0.5 : range, rows);

        double Quantile(double share)
        {
            var position = share * (rows - 1);
            var place = (long)position;
            return ValueAt(place) + (position - place) * (ValueAt(place + 1) - ValueAt(place));
        }

        int ValueAt(long place) => place >= rows - ones ? 1 : 0;
    }

    /// <summary>
    /// Gives flags beside embedded numbers the values -1 and 1 where scales are robust. By median and quartiles the more frequent value would be 0, and rows of many rare
    /// flags would have next to nothing in common, so that the share of a rare class is learned too slowly: by biases alone.
    /// </summary>
    /// <param name="scaler">The scales of a row; null where it is not scaled.</param>
    /// <param name="flags">The flags of a row.</param>
    public static InputScaler? BesideEmbedding(InputScaler? scaler, IEnumerable<NumberFlag> flags)
    {
        if (scaler is not { Scaling: InputScaling.RobustSmoothClip })
            return scaler;

        float[] center = [.. scaler.Center], factor = [.. scaler.Factor];
        foreach (var (number, first, second) in flags)
        {
            var scale = new NumberScale(((double)first + second) / 2, Math.Abs((double)first - second) / 2, Rows: 0);
            (center[number], factor[number]) = (scale.Origin, scale.Factor);
        }

        return scaler with { Center = center, Factor = factor };
    }
}
