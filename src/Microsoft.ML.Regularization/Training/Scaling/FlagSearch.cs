using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Finds the numbers that have two values at most among the training rows that have them: see <see cref="InputLayout.Flags"/>.</summary>
internal static class FlagSearch
{
    /// <param name="data">Has the training rows, of which as many are read as for the scales of numbers.</param>
    /// <param name="input">The layout of a row.</param>
    /// <param name="watch">Signals when the fit is to end; null for never.</param>
    /// <returns>By ascending numbers.</returns>
    /// <exception cref="OperationCanceledException">The fit is to end.</exception>
    public static IReadOnlyList<NumberFlag> Find(ITrainingData data, InputLayout input, FitWatch? watch) =>
        Find(data.Training.Sample(RankedNumbers.MostRows), input.Numbers, data.IsSparse, watch);

    /// <summary>Which numbers those are, before any run.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled meanwhile.</exception>
    /// <exception cref="TimeoutException">Its time was over meanwhile.</exception>
    public static IEnumerable<int> NumbersOf(ITrainingData data, InputLayout input, FitWatch watch)
    {
        try
        {
            return Find(data, input, watch).Select(flag => flag.Number);
        }
        catch (OperationCanceledException) when (watch.Interruption is { } reason)
        {
            throw watch.Nothing(reason, "while numbers of two values were looked for");
        }
    }

    /// <param name="table">Rows.</param>
    /// <param name="count">Numbers of a row.</param>
    /// <param name="areSparse">Whether most numbers are 0.</param>
    /// <param name="watch">Signals when the fit is to end; null for never.</param>
    public static IReadOnlyList<NumberFlag> Find(RowTable table, int count, bool areSparse, FitWatch? watch)
    {
        var flags = new NumberFlag?[count];
        if (areSparse)
            SparseStatistics.ForEachSlot(table, count, (slot, values, zeros) => flags[slot] = FlagOf(slot, values, zeros > 0));
        else
            RankedNumbers.ForEach(table, count, steps: 1, watch, (number, values) => flags[number] = FlagOf(number, values, hasZero: false));
        return [.. flags.OfType<NumberFlag>()];
    }

    private static NumberFlag? FlagOf(int number, ReadOnlySpan<float> values, bool hasZero)
    {
        float? first = hasZero ? 0 : null;
        float? second = null;
        foreach (var value in values)
        {
            first ??= value;
            if (value == first)
                continue;
            second ??= value;
            if (value != second)
                return null;
        }

        return new NumberFlag(number, first ?? 0, second ?? first ?? 0);
    }
}
