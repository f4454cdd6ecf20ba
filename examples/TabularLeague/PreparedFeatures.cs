namespace TabularLeague;

/// <summary>
/// One vector of numbers for every trainer, learned from the training rows: a missing number becomes the median, with an indicator where training rows lack
/// some; a category becomes a one-hot code of the values in training rows, the missing one included. A value that they lack has only zeros.
/// </summary>
internal sealed class PreparedFeatures
{
    private readonly float[] _medians;
    private readonly bool[] _haveGaps;
    private readonly Dictionary<string, int>[] _values;

    public PreparedFeatures(TableRows rows, int[] training)
    {
        var numbers = rows.Numbers[0].Length;
        _medians = [.. Enumerable.Range(0, numbers).Select(column => Median(training.Select(row => rows.Numbers[row][column])))];
        _haveGaps = [.. Enumerable.Range(0, numbers).Select(column => training.Any(row => float.IsNaN(rows.Numbers[row][column])))];
        _values = [.. Enumerable.Range(0, rows.Categories[0].Length).Select(column => training
            .Select(row => rows.Categories[row][column]).Distinct().Order(StringComparer.Ordinal)
            .Select((value, index) => (value, index)).ToDictionary(pair => pair.value, pair => pair.index))];
        Size = numbers + _haveGaps.Count(hasGaps => hasGaps) + _values.Sum(values => values.Count);
    }

    /// <summary>Numbers in the vector.</summary>
    public int Size { get; }

    public float[] Of(float[] numbers, string[] categories)
    {
        var features = new float[Size];
        for (var column = 0; column < numbers.Length; column++)
            features[column] = float.IsNaN(numbers[column]) ? _medians[column] : numbers[column];
        var next = numbers.Length;
        for (var column = 0; column < numbers.Length; column++)
        {
            if (_haveGaps[column])
                features[next++] = float.IsNaN(numbers[column]) ? 1 : 0;
        }

        for (var column = 0; column < categories.Length; column++)
        {
            if (_values[column].TryGetValue(categories[column], out var value))
                features[next + value] = 1;
            next += _values[column].Count;
        }

        return features;
    }

    private static float Median(IEnumerable<float> values)
    {
        var known = values.Where(value => !float.IsNaN(value)).Order().ToArray();
        return known.Length == 0 ? 0 : (known[(known.Length - 1) / 2] + known[known.Length / 2]) / 2;
    }
}
