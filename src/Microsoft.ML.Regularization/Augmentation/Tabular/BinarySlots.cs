namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Finds out which slots take two values at most, as those of a one-hot block do, scaled or not, and how often each takes the upper one.</summary>
internal sealed class BinarySlots(int size)
{
    private readonly Slot[] _slots = new Slot[size];

    public void Add(int slot, float value) => _slots[slot].Add(value, 1);

    /// <summary>Adds the zeros that sparse rows did not hold.</summary>
    public void Finish(long rows)
    {
        foreach (ref var slot in _slots.AsSpan())
            slot.Add(0, rows - slot.Stored, isStored: false);
    }

    /// <summary>
    /// Whether the slots from a first one up to another are a one-hot block: each takes two values at most, and the upper ones are no more than the rows,
    /// of which each has one in a block, and two in two blocks side by side.
    /// </summary>
    public bool IsOneHot(int start, int end, long rows)
    {
        var ups = 0L;
        for (var slot = start; slot < end; slot++)
        {
            if (_slots[slot].HasMore)
                return false;
            ups += _slots[slot].Ups;
        }

        return ups <= rows;
    }

    private struct Slot
    {
        private float _first;
        private float _second;
        private long _firstCount;
        private long _secondCount;

        public long Stored { get; private set; }

        public bool HasMore { get; private set; }

        /// <summary>How often it takes the greater of two values; never where it takes only one.</summary>
        public readonly long Ups => _secondCount == 0 ? 0 : _first > _second ? _firstCount : _secondCount;

        public void Add(float value, long times, bool isStored = true)
        {
            if (isStored)
                Stored += times;
            if (times == 0 || !float.IsFinite(value))
                return;

            if (_firstCount == 0 || value == _first)
                (_first, _firstCount) = (value, _firstCount + times);
            else if (_secondCount == 0 || value == _second)
                (_second, _secondCount) = (value, _secondCount + times);
            else
                HasMore = true;
        }
    }
}
