using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Inputs;

/// <summary>Translates the keys of rows to those of a network that learned the same values in another order, or more values.</summary>
/// <param name="Rows">Whose keys are translated, in messages.</param>
/// <param name="Learner">Whose keys they become, in messages.</param>
/// <param name="Option">What the error is of, where it is of an option.</param>
internal sealed record KeyTranslation(string Rows, string Learner, string? Option = null)
{
    private const int MostShown = 3;
    private const int LongestShown = 30;

    public static KeyTranslation ToScore { get; } = new("the rows to score", "the model");

    /// <summary>The network's key for each of the rows' keys, from 0 for a missing one; null where they are the same, or are only counted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rows have a value that the network does not know; the message names the column and values of both.</exception>
    public uint[]? Find(IExceptionContext context, string columnName, KeyDictionary? rows, KeyDictionary? network)
    {
        if (rows is null || network is null || rows.Equals(network))
            return null;

        var (theirs, own) = (rows.ToArray(), network.ToArray());
        var keys = new Dictionary<string, uint>(own.Length);
        for (var i = 0; i < own.Length; i++)
        {
            // With duplicate values, keys cannot be matched by value.
            if (!keys.TryAdd(own[i], (uint)i + 1))
                return null;
        }

        var unknown = theirs.Where(value => !keys.ContainsKey(value)).ToList();
        if (unknown.Count > 0)
        {
            throw context.ExceptUserArg(
                Option ?? columnName,
                $"Column '{columnName}': the keys of {Rows} stand for values that {Learner} does not know: {Show(unknown)}. It knows {Show(own)}. "
                + "Map the keys of both by one fitted transformer, such as that of MapValueToKey.");
        }

        return theirs.Distinct().Count() == theirs.Length ? [0, .. theirs.Select(value => keys[value])] : null;
    }

    private static string Show(IReadOnlyCollection<string> values)
    {
        var shown = values.Take(MostShown)
            .Select(value => value.Length <= LongestShown ? $"'{value}'" : $"'{value[..LongestShown]}...'");
        return string.Join(", ", shown) + (values.Count > MostShown ? $" and {values.Count - MostShown} more" : "");
    }
}
