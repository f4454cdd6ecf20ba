using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// The steps since all slots were last up to date, and their total effect on a slot that missed some of them: a product for weight decay and for the
/// optimizer state, a series for the remaining momentum. The slot then has the value it would have after taking each step, except for the divisions by
/// <c>sqrt(variance) + epsilon</c> of Adam, of which epsilon's weight grows from step to step: they are one division by its mean, which is right to the first
/// order of epsilon over the root.
/// </summary>
internal sealed class MissedSteps : ICheckpointed
{
    private readonly List<double> _shrinks = [];
    private readonly List<double> _rates = [];
    private readonly List<double> _epsilons = [];
    private QuietStep _rule;
    private Sums[] _sums = [new(1, 0, 1, 1, 0)];
    private bool _isSummed = true;

    /// <summary>The step that all slots have taken.</summary>
    public int First { get; private set; }

    public int Count => _shrinks.Count;

    /// <summary>The last step that was taken.</summary>
    public int Last => First + Count;

    public void Add(QuietStep step, double shrink)
    {
        _shrinks.Add(shrink);
        _rates.Add(step.Rate);
        _epsilons.Add(step.Epsilon ?? 0);
        _rule = step;
        _isSummed = false;
    }

    /// <summary>All slots have taken all steps.</summary>
    public void Clear()
    {
        First = Last;
        _shrinks.Clear();
        _rates.Clear();
        _epsilons.Clear();
        _isSummed = false;
    }

    /// <summary>Computes the sums that <see cref="Apply"/> applies.</summary>
    public void Sum()
    {
        if (_isSummed)
            return;
        _isSummed = true;
        if (_sums.Length <= Count)
            Array.Resize(ref _sums, 2 * (Count + 1));

        // Backwards: what was moved in the first of the missed steps is shrunk by all that follow.
        var (shrink, momentum, left, variance, epsilon) = (1.0, 0.0, 1.0, 1.0, 0.0);
        var epsilonRatio = _rule.Ratio / Math.Sqrt(_rule.VarianceDecay);
        _sums[Count] = new Sums(1, 0, 1, 1, 0);
        for (var i = Count - 1; i >= 0; i--)
        {
            epsilon = epsilonRatio * (_rates[i] * shrink * _epsilons[i] + epsilon);
            momentum = _rule.Ratio * (_rates[i] * shrink + momentum);
            shrink *= _shrinks[i];
            left *= _rule.MomentumDecay;
            variance *= _rule.VarianceDecay;
            _sums[i] = new Sums((float)shrink, (float)momentum, (float)left, (float)variance, (float)(momentum > 0 ? epsilon / momentum : 0));
        }
    }

    /// <summary>Takes all steps behind one.</summary>
    /// <param name="spans">Without gradients.</param>
    /// <param name="taken">The last step that these weights took.</param>
    /// <param name="isStill">Whether nothing is remembered of them.</param>
    public void Apply(UpdatedSpans spans, int taken, bool isStill)
    {
        var sums = _sums[taken - First];
        if (isStill || spans.Momentum.IsEmpty)
            Multiply(spans.Weights, sums.Shrink);
        else
            Move(spans, sums);
        if (isStill)
            return;
        Multiply(spans.Momentum, sums.MomentumDecay);
        Multiply(spans.Variance, sums.VarianceDecay);
    }

    public void Checkpoint(CheckpointState state)
    {
        First = state.Value("first", First);
        _rule = state.Value("rule", _rule);
        Read("shrinks", _shrinks);
        Read("rates", _rates);
        Read("epsilons", _epsilons);
        _isSummed = false;

        void Read(string name, List<double> values)
        {
            var read = state.Numbers(name, [.. values])!;
            values.Clear();
            values.AddRange(read);
        }
    }

    private void Move(UpdatedSpans spans, Sums sums)
    {
        var weights = spans.Weights;
        var w = MemoryMarshal.Cast<float, Vector<float>>(weights);
        var m = MemoryMarshal.Cast<float, Vector<float>>(spans.Momentum);
        var v = MemoryMarshal.Cast<float, Vector<float>>(spans.Variance);
        var divides = _rule.Epsilon is not null;
        for (var i = 0; i < w.Length; i++)
        {
            var move = sums.Momentum * m[i];
            w[i] = w[i] * sums.Shrink - (divides ? move / (Vector.SquareRoot(v[i]) + new Vector<float>(sums.Epsilon)) : move);
        }

        for (var i = w.Length * Vector<float>.Count; i < weights.Length; i++)
        {
            var move = sums.Momentum * spans.Momentum[i];
            weights[i] = weights[i] * sums.Shrink - (divides ? move / (MathF.Sqrt(spans.Variance[i]) + sums.Epsilon) : move);
        }
    }

    private static void Multiply(Span<float> values, float factor)
    {
        if (factor != 1)
            System.Numerics.Tensors.TensorPrimitives.Multiply(values, factor, values);
    }

    /// <summary>Of the steps behind one.</summary>
    private readonly record struct Sums(float Shrink, float Momentum, float MomentumDecay, float VarianceDecay, float Epsilon);
}
