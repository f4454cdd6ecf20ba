using Microsoft.ML.Regularization.Arithmetic;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>
/// A parameter matrix of many slots, of which a batch of rows uses few: the first layer's weights for sparse rows, or the vectors of a category. The weights of
/// a slot are one run of memory. Where an optimizer asks for it, gradients are kept for the slots alone that a step touches, and all others wait: whoever
/// reads a slot's weights touches it before.
/// </summary>
/// <param name="weight">(slots, width), or (width, slots) of the same memory.</param>
/// <param name="slots">How many slots.</param>
/// <param name="width">Weights of a slot.</param>
/// <param name="isTransposed">Whether it is (width, slots).</param>
internal sealed unsafe class SlotMatrix(Parameter weight, int slots, int width, bool isTransposed)
{
    // Which of the touched slots a slot is, from 1; 0 for none.
    private int[] _places = [];
    private int[] _touched = [];
    private AlignedFloats? _gradients;
    private ISlotUpdate? _update;

    public Parameter Weight => weight;

    public int Slots => slots;

    public int Width => width;

    /// <summary>Whether the parameter is (width, slots).</summary>
    public bool IsTransposed => isTransposed;

    /// <summary>Whether slots that no row uses wait.</summary>
    public bool IsLazy => _update is not null;

    /// <summary>The slots that were touched since <see cref="Forget"/>.</summary>
    public ReadOnlySpan<int> Touched => _touched.AsSpan(0, TouchedCount);

    public int TouchedCount { get; private set; }

    /// <summary>The gradients of these slots, one behind the other.</summary>
    public Span<float> Gradients => _gradients is null ? [] : _gradients.Span[..(TouchedCount * width)];

    /// <summary>All weights, slot by slot.</summary>
    public Span<float> Weights => new((float*)Address(weight), checked(slots * width));

    /// <summary>From now on gradients are kept of touched slots alone.</summary>
    /// <param name="update">Brings slots up to date.</param>
    public void UpdateLazily(ISlotUpdate update)
    {
        _update = update;
        _places = new int[slots];
    }

    /// <summary>Says that a step is about to read the weights of these slots.</summary>
    public void Touch(ReadOnlySpan<int> used)
    {
        if (_update is null)
            return;
        var known = TouchedCount;
        if (_touched.Length < known + used.Length)
            Array.Resize(ref _touched, known + used.Length);
        foreach (var slot in used)
        {
            if (_places[slot] != 0)
                continue;
            _touched[TouchedCount++] = slot;
            _places[slot] = TouchedCount;
        }

        if (TouchedCount == known)
            return;
        if (_gradients is null || _gradients.Length < TouchedCount * width)
        {
            var more = new AlignedFloats(checked(TouchedCount * width * 5 / 4));
            _gradients?.Span[..(known * width)].CopyTo(more.Span);
            _gradients = more;
        }

        _gradients.Span[(known * width)..(TouchedCount * width)].Clear();
        _update.BringUpToDate(this, known, TouchedCount);
    }

    /// <summary>Forgets which slots were touched, and their gradients.</summary>
    public void Forget()
    {
        foreach (var slot in Touched)
            _places[slot] = 0;
        TouchedCount = 0;
    }

    /// <summary>Where the weights are.</summary>
    public nint WeightAddress() => Address(weight);

    /// <summary>Where the gradients are that a backward pass adds to.</summary>
    public SlotGradients BeginBackward()
    {
        if (_update is not null)
            return new SlotGradients((nint)_gradients!.Pointer, _places, width);
        if (weight.grad is null)
        {
            using var _ = no_grad();
            var zeros = FloatTensors.Zeros(slots, width);
            weight.grad = isTransposed ? zeros.t() : zeros;
        }

        return new SlotGradients(Address(weight.grad!), null, width);
    }

    private nint Address(Tensor tensor)
    {
        using var detached = tensor.detach();
        using var rows = isTransposed ? detached.t() : detached.alias();
        fixed (byte* start = rows.bytes)
            return (nint)start;
    }
}
