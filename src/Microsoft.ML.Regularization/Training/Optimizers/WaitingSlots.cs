using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// Updates matrices of which a batch uses few slots, such as the first layer after sparse features. A step updates only the slots that its rows use. The
/// others are deferred, and take all missed steps at once when a row uses them again, or when all weights are needed. Up to rounding, that gives the same
/// weights as an update of every slot in every step: see <see cref="MissedSteps"/>.
/// </summary>
internal sealed unsafe class WaitingSlots : ISlotUpdate, IDisposable, ICheckpointed
{
    // Every step sums up all missed steps anew, so that their number is kept small.
    private const int MostMissed = 1024;
    private const int WeightsOfPart = 16384;

    private readonly IReadOnlyList<Waiting> _matrices;
    private readonly MissedSteps _missed = new();

    /// <param name="parameters">Have the matrices.</param>
    /// <param name="hasMomentum">Whether momentum is to be remembered.</param>
    /// <param name="hasVariance">Whether a variance is.</param>
    public WaitingSlots(FlatParameters parameters, bool hasMomentum, bool hasVariance)
    {
        _matrices = [.. parameters.Waiting.Select(waiting => new Waiting(waiting.Matrix, hasMomentum, hasVariance))];
        foreach (var waiting in _matrices)
            waiting.Matrix.UpdateLazily(this);
    }

    /// <summary>Updates the slots that the rows of a step use.</summary>
    /// <param name="step">The effect of the step on all other slots.</param>
    /// <param name="part">The rates of the step; its start and length do not count here.</param>
    /// <param name="update">The optimizer's rule.</param>
    public void Step(QuietStep step, FlatPart part, Rule update)
    {
        _missed.Add(step, part.Shrink);
        foreach (var waiting in _matrices)
        {
            var (matrix, taken) = (waiting.Matrix, _missed.Last);
            RangeWork.Run(matrix.TouchedCount, Math.Max(1, WeightsOfPart / matrix.Width), (start, length) =>
            {
                for (var i = start; i < start + length; i++)
                {
                    var slot = matrix.Touched[i];
                    update(waiting.Spans(slot, matrix.Gradients.Slice(i * matrix.Width, matrix.Width)), part);
                    waiting.Taken[slot] = taken;
                }
            });
        }

        if (_missed.Count == MostMissed)
            BringUpToDate();
    }

    /// <summary>Lets all slots take the steps that they missed.</summary>
    public void BringUpToDate()
    {
        _missed.Sum();
        foreach (var waiting in _matrices)
        {
            RangeWork.Run(waiting.Matrix.Slots, Math.Max(1, WeightsOfPart / waiting.Matrix.Width), (start, length) =>
            {
                for (var slot = start; slot < start + length; slot++)
                    waiting.BringUpToDate(slot, _missed);
            });
        }

        _missed.Clear();
    }

    void ISlotUpdate.BringUpToDate(SlotMatrix matrix, int first, int end)
    {
        _missed.Sum();
        var waiting = _matrices.Single(waiting => waiting.Matrix == matrix);
        RangeWork.Run(end - first, Math.Max(1, WeightsOfPart / matrix.Width), (start, length) =>
        {
            foreach (var slot in matrix.Touched.Slice(first + start, length))
                waiting.BringUpToDate(slot, _missed);
        });
    }

    public void Checkpoint(CheckpointState state)
    {
        state.Part("missed", _missed);
        for (var i = 0; i < _matrices.Count; i++)
            state.Part($"{i}", _matrices[i]);
    }

    public void Dispose()
    {
        foreach (var waiting in _matrices)
            waiting.Dispose();
    }

    /// <summary>An optimizer's step.</summary>
    internal delegate void Rule(UpdatedSpans spans, FlatPart part);

    /// <summary>The optimizer state of a matrix, and the last step that each slot took.</summary>
    private sealed class Waiting(SlotMatrix matrix, bool hasMomentum, bool hasVariance) : IDisposable, ICheckpointed
    {
        private readonly nint _weights = matrix.WeightAddress();
        private readonly Tensor? _momentum = hasMomentum ? Remember(matrix) : null;
        private readonly Tensor? _variance = hasVariance ? Remember(matrix) : null;

        public SlotMatrix Matrix => matrix;

        /// <summary>
        /// The last step that each slot took. Of slots that no row has used so far, of which nothing is remembered, its bitwise complement, which is below 0.
        /// </summary>
        public int[] Taken { get; } = Enumerable.Repeat(~0, matrix.Slots).ToArray();

        public UpdatedSpans Spans(int slot, ReadOnlySpan<float> gradients)
        {
            var (start, width) = (slot * matrix.Width, matrix.Width);
            return new UpdatedSpans(new Span<float>((float*)_weights + start, width), gradients, SpanOf(_momentum), SpanOf(_variance));

            Span<float> SpanOf(Tensor? memory) => memory is null ? [] : FlatParameters.SpanOf(memory).Slice(start, width);
        }

        public void BringUpToDate(int slot, MissedSteps missed)
        {
            var isStill = Taken[slot] < 0;
            var taken = isStill ? ~Taken[slot] : Taken[slot];
            if (taken == missed.Last)
                return;
            missed.Apply(Spans(slot, []), taken, isStill);
            Taken[slot] = isStill ? ~missed.Last : missed.Last;
        }

        public void Checkpoint(CheckpointState state)
        {
            if (_momentum is not null)
                state.Elements("momentum", _momentum);
            if (_variance is not null)
                state.Elements("variance", _variance);
            var taken = state.Numbers("taken", Array.ConvertAll(Taken, step => (double)step))!;
            for (var slot = 0; slot < taken.Length; slot++)
                Taken[slot] = (int)taken[slot];
        }

        public void Dispose()
        {
            _momentum?.Dispose();
            _variance?.Dispose();
        }

        private static Tensor Remember(SlotMatrix matrix) => FloatTensors.Zeros((long)matrix.Slots * matrix.Width).DetachFromDisposeScope();
    }
}
