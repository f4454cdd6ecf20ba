using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Training;

/// <summary>A hash that distinguishes data sets, computed from the rows as they are read, at the speed of memory.</summary>
internal sealed class DataFingerprint
{
    private int _columns;
    private ulong _features;
    private ulong _labels;
    private ulong _weights;

    public long Rows { get; private set; }

    public void Add(RowReader row)
    {
        Rows++;
        _columns = row.FeatureCount;
        _features = row.MayBeSparse ? Mix(_features, row.Sparse) : Mix(_features, row.Features);
        _labels = row.Target.HasClass ? Mix(_labels, (ulong)row.Target.Class) : Mix(_labels, row.Target.Values);
        _weights = Mix(_weights, ((ulong)BitConverter.SingleToUInt32Bits(row.Weight) << 1) | (row.IsHeldOut ? 1ul : 0));
    }

    /// <summary>The values to compare, by name.</summary>
    /// <param name="purpose">The purpose of the rows.</param>
    public IEnumerable<KeyValuePair<string, string>> Fields(string purpose) =>
    [
        new($"number of {purpose} rows", Rows.ToString(CultureInfo.InvariantCulture)),
        new($"number of features of the {purpose} rows", _columns.ToString(CultureInfo.InvariantCulture)),
        new($"content of the {purpose} rows' features", _features.ToString("x16", CultureInfo.InvariantCulture)),
        new($"content of the {purpose} rows' labels", _labels.ToString("x16", CultureInfo.InvariantCulture)),
        new($"content of the {purpose} rows' weights and marks", _weights.ToString("x16", CultureInfo.InvariantCulture)),
    ];

    // The number of values marks the end of a row.
    private static ulong Mix(ulong hash, ReadOnlySpan<SlotValue> values)
    {
        hash = Mix(hash, (ulong)values.Length);
        foreach (var (slot, value) in values)
            hash = Mix(hash, ((ulong)slot << 32) | BitConverter.SingleToUInt32Bits(value));
        return hash;
    }

    private static ulong Mix(ulong hash, ReadOnlySpan<float> values)
    {
        var pairs = MemoryMarshal.Cast<float, ulong>(values);
        foreach (var pair in pairs)
            hash = Mix(hash, pair);
        return values.Length % 2 == 0 ? hash : Mix(hash, BitConverter.SingleToUInt32Bits(values[^1]));
    }

    // Each step is one to one in the hash and in the value, so a single change always shows. The odd factor is 2^64 over the golden ratio.
    private static ulong Mix(ulong hash, ulong value) => BitOperations.RotateLeft((hash ^ value) * 0x9E3779B97F4A7C15, 31) + 1;
}
