using System.Globalization;
using System.Numerics.Tensors;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Reads the label of a cursor's current row: a class, or numbers.</summary>
internal abstract class TargetReader
{
    /// <summary>The class, from 0, where <see cref="HasClass"/>.</summary>
    public int Class { get; protected set; }

    /// <summary>Whether the label is a class; else it is the numbers of <see cref="Values"/>.</summary>
    public virtual bool HasClass => false;

    /// <summary>A distribution over the classes, or the target of a regression.</summary>
    public virtual ReadOnlySpan<float> Values => [];

    /// <summary>The class, or the most probable one of a distribution.</summary>
    public int MostProbableClass => HasClass ? Class : TensorPrimitives.IndexOfMax(Values);

    /// <summary>Reads the label; false where it is missing, or invalid for the reason in <paramref name="fault"/>.</summary>
    public abstract bool TryRead(out string? fault);

    /// <param name="row">The row.</param>
    /// <param name="label">The column of labels.</param>
    /// <param name="size">Classes, or 1.</param>
    /// <param name="translation">The network's class for each of the label's, both counted from 1; null where they are the same.</param>
    public static TargetReader Create(DataViewRow row, DataViewSchema.Column label, int size, uint[]? translation = null) => label.Type switch
    {
        KeyDataViewType => new Key(row.GetKeyGetter(label), size, translation),
        BooleanDataViewType => new Flag(row.GetGetter<bool>(label)),
        VectorDataViewType => new Distribution(row.GetGetter<VBuffer<float>>(label), size, translation),
        _ => new Number(row.GetGetter<float>(label)),
    };

    private sealed class Key(ValueGetter<uint> getter, int classes, uint[]? translation) : TargetReader
    {
        private readonly int _classes = translation is null ? classes : translation.Length - 1;

        public override bool HasClass => true;

        public override bool TryRead(out string? fault)
        {
            uint key = 0;
            getter(ref key);
            fault = key > _classes ? $"key {key} is not one of the {_classes} classes." : null;
            if (key == 0 || fault is not null)
                return false;

            Class = (int)(translation is null ? key : translation[key]) - 1;
            return true;
        }
    }

    private sealed class Flag(ValueGetter<bool> getter) : TargetReader
    {
        public override bool HasClass => true;

        public override bool TryRead(out string? fault)
        {
            var flag = false;
            getter(ref flag);
            fault = null;
            Class = flag ? 1 : 0;
            return true;
        }
    }

    private sealed class Distribution(ValueGetter<VBuffer<float>> getter, int classes, uint[]? translation) : TargetReader
    {
        // How far the probabilities may be from adding up to 1.
        private const float SumTolerance = 1e-3f;

        private readonly float[] _values = new float[classes];
        private readonly int _slots = translation is null ? classes : translation.Length - 1;
        private VBuffer<float> _buffer;

        public override ReadOnlySpan<float> Values => _values;

        public override bool TryRead(out string? fault)
        {
            fault = null;
            getter(ref _buffer);
            if (_buffer.Length != _slots)
            {
                fault = $"{_buffer.Length} probabilities instead of {_slots}.";
                return false;
            }

            if (translation is null)
            {
                _buffer.CopyTo(_values);
            }
            else
            {
                Array.Clear(_values);
                foreach (var (slot, share) in _buffer.Items())
                    _values[translation[slot + 1] - 1] = share;
            }

            var sum = TensorPrimitives.Sum<float>(_values);
            if (float.IsNaN(sum))
                return false;
            if (TensorPrimitives.Min<float>(_values) < 0 || Math.Abs(sum - 1) > SumTolerance)
            {
                var shares = string.Join(", ", _values.Select(share => share.ToString(CultureInfo.InvariantCulture)));
                fault = string.Create(
                    CultureInfo.InvariantCulture,
                    $"the probabilities of a soft label must be at least 0 and add up to 1, but they are [{shares}] and add up to {sum:0.####}.");
            }

            return fault is null;
        }
    }

    private sealed class Number(ValueGetter<float> getter) : TargetReader
    {
        // Predictions go beyond the targets, and are to stay numbers.
        private const float Greatest = 1e30f;

        private float _value;

        public override ReadOnlySpan<float> Values => new(in _value);

        public override bool TryRead(out string? fault)
        {
            getter(ref _value);
            fault = Math.Abs(_value) > Greatest
                ? string.Create(CultureInfo.InvariantCulture, $"a target must be finite, from {-Greatest} to {Greatest}, but it is {_value}.")
                : null;
            return Math.Abs(_value) <= Greatest;
        }
    }
}
