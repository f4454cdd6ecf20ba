using System.Numerics.Tensors;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Gaussian noise: while a pipeline is fitted, each feature j of a row becomes <c>x_j + N(0, (Scale sd_j)^2)</c>, with sd_j the standard deviation of the
/// feature over the training rows (Bishop, "Training with noise is equivalent to Tikhonov regularization", 1995).
/// </summary>
/// <remarks>
/// <para>Constant features and one-hot blocks get no noise; missing and infinite values stay as they are and are left out of the standard deviations. A
/// sparse row stays sparse where half of it or more would be zeros; a zero of a feature that is no block gets noise like any other number.</para>
/// <para>For numbers that are measured or vary smoothly. Codes and identifiers are neither: exclude them by
/// <see cref="TabularAugmentationOptions.SlotNames"/>.</para>
/// </remarks>
[UnionCase("GaussianNoise")]
public sealed record GaussianNoiseOptions : TabularAugmentationOptions
{
    /// <summary>Standard deviation of the noise in units of each feature's own, at least 0 (no noise). 0.05 to 0.2 is usual. Default: 0.1.</summary>
    public double Scale { get; init; } = 0.1;

    internal override string Name => "GaussianNoise";

    internal override bool IsIdentity => Scale == 0 || base.IsIdentity;

    internal override void Validate(IExceptionContext context)
    {
        base.Validate(context);
        context.CheckAtLeast(Scale, nameof(Scale), 0);
    }

    internal override Func<FeatureChange> CreateChanges(FeatureColumn column, LearnedFeatures learned)
    {
        var slots = new List<int>();
        for (var unit = 0; unit < learned.Units.Count; unit++)
        {
            var slot = learned.Units.Slots(unit).Start;
            if (!learned.Units.IsBlock(unit) && column.IsChosen(slot) && learned.Deviations[slot] > 0)
                slots.Add(slot);
        }

        int[] noisy = [.. slots];
        var deviations = Array.ConvertAll(noisy, slot => (float)(Scale * learned.Deviations[slot]));
        return () => new Change(noisy, deviations);
    }

    private sealed class Change(int[] slots, float[] deviations) : FeatureChange
    {
        private readonly float[] _noise = new float[slots.Length];

        public override void Apply(in VBuffer<float> source, ref VBuffer<float> result, ref KeyedStream random)
        {
            GaussianNoise.FillRow(_noise, random.NextKey());
            TensorPrimitives.Multiply(_noise, deviations, _noise);
            if (!source.IsDense && source.GetValues().Length + slots.Length < source.Length / 2)
            {
                Merge(source, ref result);
                return;
            }

            if (source.IsDense && slots.Length == source.Length)
            {
                var sum = VBufferEditor.Create(ref result, source.Length);
                TensorPrimitives.Add(source.GetValues(), _noise, sum.Values);
                result = sum.Commit();
                return;
            }

            source.CopyToDense(ref result);
            var editor = VBufferEditor.CreateFromBuffer(ref result);
            var values = editor.Values;
            for (var i = 0; i < slots.Length; i++)
                values[slots[i]] += _noise[i];
            result = editor.Commit();
        }

        private void Merge(in VBuffer<float> source, ref VBuffer<float> result)
        {
            var values = source.GetValues();
            var indices = source.GetIndices();
            var editor = VBufferEditor.Create(ref result, source.Length, values.Length + slots.Length);
            var (read, noisy, count) = (0, 0, 0);
            while (read < values.Length || noisy < slots.Length)
            {
                var index = read < values.Length ? indices[read] : int.MaxValue;
                var slot = noisy < slots.Length ? slots[noisy] : int.MaxValue;
                var value = 0f;
                if (index <= slot)
                    value += values[read++];
                if (slot <= index)
                    value += _noise[noisy++];
                editor.Indices[count] = Math.Min(index, slot);
                editor.Values[count++] = value;
            }

            result = editor.CommitTruncated(count);
        }
    }
}
