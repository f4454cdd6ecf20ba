using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>
/// Finds the one-hot blocks among the slots of a vector. <c>OneHotEncoding</c> and <c>Concatenate</c> mark them; normalizing and other transforms behind
/// them drop the marks and keep the slot names, such as <c>Job.clerk</c> and <c>Job.manager</c>. Names alone prove nothing, <c>Sepal.Length</c> and
/// <c>Sepal.Width</c> are numbers, so what they suggest is checked on the rows.
/// </summary>
internal static class FeatureBlocks
{
    /// <summary>Whether rows must be read to know the blocks.</summary>
    public static bool DependOnRows(FeatureColumn column) =>
        Marked(column) is null && column.SlotNames is { } names
        && Enumerable.Range(1, names.Length - 1).Any(slot => SharePrefix(names[slot - 1], names[slot], 1));

    /// <param name="column">The column.</param>
    /// <param name="isOneHot">
    /// Whether the rows show a one-hot block in the slots from a first one up to another. Asked only where <see cref="DependOnRows"/> says so.
    /// </param>
    public static FeatureUnits Of(FeatureColumn column, Func<int, int, bool> isOneHot)
    {
        var units = new Builder(column.Size);
        if (Marked(column) is { } ranges)
        {
            foreach (var (start, end) in ranges)
                units.AddBlock(start, end);
        }
        else if (column.SlotNames is { } names)
        {
            AddNamed(names, 0, names.Length, 1, isOneHot, units);
        }

        return units.ToUnits();
    }

    private static List<(int Start, int End)>? Marked(FeatureColumn column)
    {
        if (!column.IsVector || column.Column.Annotations.Schema.GetColumnOrNull(AnnotationUtils.Kinds.CategoricalSlotRanges) is not { } annotation)
            return null;
        if (annotation.Type is not VectorDataViewType type || type.ItemType != NumberDataViewType.Int32)
            return null;

        VBuffer<int> bounds = default;
        column.Column.Annotations.GetValue(AnnotationUtils.Kinds.CategoricalSlotRanges, ref bounds);
        int[] values = [.. bounds.DenseValues()];
        var ranges = new List<(int Start, int End)>();
        for (var i = 0; i + 1 < values.Length; i += 2)
        {
            // From the first slot to the last one. Marks that do not fit the vector are none.
            var (start, end) = (values[i], values[i + 1] + 1);
            if (start < (ranges.Count > 0 ? ranges[^1].End : 0) || end <= start || end > column.Size)
                return null;
            ranges.Add((start, end));
        }

        return ranges.Count > 0 ? ranges : null;
    }

    // A value may hold dots, as may the names of columns that were concatenated twice: the longest run that the rows confirm is a block.
    private static void AddNamed(string[] names, int start, int end, int dots, Func<int, int, bool> isOneHot, Builder units)
    {
        for (int first = start, next; first < end; first = next)
        {
            next = first + 1;
            while (next < end && SharePrefix(names[first], names[next], dots))
                next++;
            if (next == first + 1)
                continue;
            if (isOneHot(first, next))
                units.AddBlock(first, next);
            else
                AddNamed(names, first, next, dots + 1, isOneHot, units);
        }
    }

    /// <summary>Whether two names are equal up to their dot of a number, from 1; not where one has fewer dots.</summary>
    private static bool SharePrefix(string first, string second, int dots)
    {
        var length = 0;
        for (var dot = 0; dot < dots; dot++)
        {
            length = first.IndexOf('.', length) + 1;
            if (length == 0)
                return false;
        }

        return second.AsSpan().StartsWith(first.AsSpan(0, length), StringComparison.Ordinal);
    }

    /// <summary>Blocks in their order, and single slots between them.</summary>
    private sealed class Builder(int size)
    {
        private readonly List<int> _starts = [];
        private readonly List<bool> _isBlock = [];
        private int _end;

        public void AddBlock(int start, int end)
        {
            AddSlots(start);
            Add(start, isBlock: true);
            _end = end;
        }

        public FeatureUnits ToUnits()
        {
            AddSlots(size);
            return new FeatureUnits([.. _starts, size], [.. _isBlock]);
        }

        private void AddSlots(int end)
        {
            for (; _end < end; _end++)
                Add(_end, isBlock: false);
        }

        private void Add(int start, bool isBlock)
        {
            _starts.Add(start);
            _isBlock.Add(isBlock);
        }
    }
}
