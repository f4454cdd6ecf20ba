namespace Microsoft.ML.Regularization.Tasks;

/// <summary>The cells of a table's row: each number, with its indicator where it has one, and each key.</summary>
internal sealed class RowCells
{
    private readonly int[] _first;
    private readonly int[] _indicators;

    /// <param name="rows">The table.</param>
    public RowCells(PretextRows rows)
    {
        (Numbers, Width) = (rows.Numbers, rows.Input.Width);
        Values = [.. rows.Input.KeyValues];
        _first = [.. Enumerable.Range(0, Numbers), .. Enumerable.Range(rows.Input.Numbers, Values.Count)];
        _indicators = new int[_first.Length];
        Array.Fill(_indicators, -1);
        foreach (var (place, number) in (rows.Imputation?.Indicated ?? []).Index())
            _indicators[number] = Numbers + place;
    }

    /// <summary>Numbers, which come first.</summary>
    public int Numbers { get; }

    /// <summary>How many values each of the keys behind them can have.</summary>
    public IReadOnlyList<int> Values { get; }

    public int Count => _first.Length;

    /// <summary>Floats of a row.</summary>
    public int Width { get; }

    /// <summary>Where in a row the values of the cells are.</summary>
    public ReadOnlySpan<int> Places => _first;

    /// <summary>Where the indicator of a cell's number is; -1 where it has none.</summary>
    public int IndicatorOf(int cell) => _indicators[cell];
}
