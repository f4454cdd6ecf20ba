using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Replaces some features of a dense or sparse vector by those of another.</summary>
internal static class RangeReplacement
{
    /// <summary>
    /// Sets <paramref name="result"/> to <paramref name="own"/> with the units of <paramref name="replaced"/>, in ascending order, taken from
    /// <paramref name="donor"/>. It is dense where <paramref name="own"/> is, and where half of it would be stored.
    /// </summary>
    public static void Apply(in VBuffer<float> own, in VBuffer<float> donor, FeatureUnits units, ReadOnlySpan<int> replaced, ref VBuffer<float> result)
    {
        if (!own.IsDense)
        {
            var most = own.GetValues().Length + Math.Min(donor.GetValues().Length, SlotCount(units, replaced));
            if (most < own.Length / 2)
            {
                Merge(own, donor, units, replaced, most, ref result);
                return;
            }
        }

        own.CopyToDense(ref result);
        var editor = VBufferEditor.CreateFromBuffer(ref result);
        if (donor.IsDense)
            CopyDense(donor.GetValues(), units, replaced, editor.Values);
        else
            CopySparse(donor, units, replaced, editor.Values);
        result = editor.Commit();
    }

    private static int SlotCount(FeatureUnits units, ReadOnlySpan<int> replaced)
    {
        var count = 0;
        foreach (var unit in replaced)
        {
            var (start, end) = units.Slots(unit);
            count += end - start;
        }

        return count;
    }

    private static void CopyDense(ReadOnlySpan<float> donor, FeatureUnits units, ReadOnlySpan<int> replaced, Span<float> result)
    {
        foreach (var unit in replaced)
        {
            var (start, end) = units.Slots(unit);
            if (end == start + 1)
                result[start] = donor[start];
            else
                donor[start..end].CopyTo(result[start..end]);
        }
    }

    private static void CopySparse(in VBuffer<float> donor, FeatureUnits units, ReadOnlySpan<int> replaced, Span<float> result)
    {
        var values = donor.GetValues();
        var indices = donor.GetIndices();
        foreach (var unit in replaced)
        {
            var (start, end) = units.Slots(unit);
            result[start..end].Clear();
            for (var i = Find(indices, start); i < indices.Length && indices[i] < end; i++)
                result[indices[i]] = values[i];
        }
    }

    private static void Merge(
        in VBuffer<float> own, in VBuffer<float> donor, FeatureUnits units, ReadOnlySpan<int> replaced, int most, ref VBuffer<float> result)
    {
        var ownValues = own.GetValues();
        var ownIndices = own.GetIndices();
        var donorValues = donor.GetValues();
        var donorIndices = donor.GetIndices();
        var editor = VBufferEditor.Create(ref result, own.Length, most);
        var (read, count) = (0, 0);
        foreach (var unit in replaced)
        {
            var (start, end) = units.Slots(unit);
            for (; read < ownIndices.Length && ownIndices[read] < start; read++)
                Append(ownIndices[read], ownValues[read], editor, ref count);
            while (read < ownIndices.Length && ownIndices[read] < end)
                read++;
            if (donor.IsDense)
            {
                for (var slot = start; slot < end; slot++)
                    Append(slot, donorValues[slot], editor, ref count);
            }
            else
            {
                for (var i = Find(donorIndices, start); i < donorIndices.Length && donorIndices[i] < end; i++)
                    Append(donorIndices[i], donorValues[i], editor, ref count);
            }
        }

        for (; read < ownIndices.Length; read++)
            Append(ownIndices[read], ownValues[read], editor, ref count);
        result = editor.CommitTruncated(count);
    }

    private static void Append(int slot, float value, VBufferEditor<float> editor, ref int count)
    {
        if (value == 0)
            return;
        editor.Indices[count] = slot;
        editor.Values[count++] = value;
    }

    /// <summary>The first of the indices that is not below a slot.</summary>
    private static int Find(ReadOnlySpan<int> indices, int slot)
    {
        var found = indices.BinarySearch(slot);
        return found < 0 ? ~found : found;
    }
}
