namespace Microsoft.ML.Regularization.Training;

/// <summary>The scale of a number that is 0 or 1: the count of ones determines it, so no row has to be read.</summary>
internal static class FlagScale
{
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
}
