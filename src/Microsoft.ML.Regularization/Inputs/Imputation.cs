using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Inputs;

/// <summary>
/// Fills in the missing numbers of a row: see <see cref="MissingValues.Impute"/>. The row grows by its indicators, which follow the numbers of a table, or
/// those of each step of a sequence.
/// </summary>
internal sealed record Imputation
{
    /// <summary>The fill value for each number of the row, or of a step; finite.</summary>
    public float[] Fill { get; init; } = [];

    /// <summary>The numbers that have an indicator, in ascending order.</summary>
    public int[] Indicated { get; init; } = [];

    /// <summary>The numbers that all training rows lack, in ascending order: they are 0, missing or not.</summary>
    public int[] Unknown { get; init; } = [];

    /// <summary>Steps of a sequence; 1 for a table.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>Whether rows that lack nothing change too.</summary>
    [JsonIgnore]
    public bool ChangesCompleteRows => Indicated.Length + Unknown.Length > 0;

    /// <summary>The layout that a network reads, derived from the layout of the columns.</summary>
    public InputLayout Of(InputLayout columns) => columns with { Numbers = columns.Numbers + Steps * Indicated.Length };

    /// <param name="row">The row as it was read, with NaN for each missing number; values after the numbers are not changed.</param>
    /// <param name="filled">Receives the row that the network takes; other memory than the row's.</param>
    public void Apply(ReadOnlySpan<float> row, Span<float> filled)
    {
        for (var step = 0; step < Steps; step++)
        {
            var numbers = row[..Fill.Length];
            for (var i = 0; i < numbers.Length; i++)
                filled[i] = float.IsNaN(numbers[i]) ? Fill[i] : numbers[i];
            foreach (var unknown in Unknown)
                filled[unknown] = 0;
            filled = filled[numbers.Length..];
            for (var i = 0; i < Indicated.Length; i++)
                filled[i] = float.IsNaN(numbers[Indicated[i]]) ? 1 : 0;
            filled = filled[Indicated.Length..];
            row = row[numbers.Length..];
        }

        row.CopyTo(filled);
    }

    /// <summary>The same of a sparse row of a table.</summary>
    /// <param name="row">By ascending slots, with NaN for each missing number.</param>
    /// <param name="filled">Receives the row that the network takes.</param>
    /// <returns>What was written.</returns>
    public ReadOnlySpan<SlotValue> Apply(ReadOnlySpan<SlotValue> row, List<SlotValue> filled)
    {
        filled.Clear();
        var numbers = 0;
        for (var unknown = 0; numbers < row.Length && row[numbers].Slot < Fill.Length; numbers++)
        {
            var (slot, value) = row[numbers];
            while (unknown < Unknown.Length && Unknown[unknown] < slot)
                unknown++;
            var present = unknown < Unknown.Length && Unknown[unknown] == slot ? 0 : float.IsNaN(value) ? Fill[slot] : value;
            if (present != 0)
                filled.Add(new SlotValue(slot, present));
        }

        var indicator = 0;
        foreach (var (slot, value) in row[..numbers])
        {
            if (!float.IsNaN(value))
                continue;
            while (indicator < Indicated.Length && Indicated[indicator] < slot)
                indicator++;
            if (indicator < Indicated.Length && Indicated[indicator] == slot)
                filled.Add(new SlotValue(Fill.Length + indicator, 1));
        }

        foreach (var (slot, value) in row[numbers..])
            filled.Add(new SlotValue(slot + Indicated.Length, value));
        return CollectionsMarshal.AsSpan(filled);
    }

    /// <summary>Tells which floats of a filled row are numbers that the row had: neither filled in nor indicators.</summary>
    /// <param name="row">The row as it was read.</param>
    /// <param name="isGiven">Receives a value for each float of the filled row.</param>
    public void FindGiven(ReadOnlySpan<float> row, Span<bool> isGiven)
    {
        for (var step = 0; step < Steps; step++)
        {
            for (var i = 0; i < Fill.Length; i++)
                isGiven[i] = !float.IsNaN(row[i]);
            isGiven[Fill.Length..].Clear();
            isGiven = isGiven[(Fill.Length + Indicated.Length)..];
            row = row[Fill.Length..];
        }
    }

    /// <summary>Checks of what was read from a file that what the network reads has a size.</summary>
    /// <exception cref="FormatException">It has none.</exception>
    public void CheckSize(IExceptionContext context, InputLayout columns)
    {
        if (Steps < 1 || columns.Numbers + (long)Steps * Indicated.Length > int.MaxValue)
            throw Misfit(context, columns);
    }

    /// <summary>Checks what was read from a file.</summary>
    /// <exception cref="FormatException">It does not fit the columns.</exception>
    public void Check(IExceptionContext context, InputLayout columns)
    {
        if (Steps < 1 || (long)Fill.Length * Steps != columns.Numbers || !Array.TrueForAll(Fill, float.IsFinite) || !IsSubset(Indicated) || !IsSubset(Unknown))
            throw Misfit(context, columns);
    }

    private static Exception Misfit(IExceptionContext context, InputLayout columns) =>
        context.ExceptDecode($"What the model fills in for missing numbers does not fit {columns}.");

    private bool IsSubset(int[] numbers)
    {
        var next = 0;
        foreach (var number in numbers)
        {
            if (number < next || number >= Fill.Length)
                return false;
            next = number + 1;
        }

        return true;
    }
}
