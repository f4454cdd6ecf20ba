using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Where the values of a parameter or a buffer on the CPU are, and a parameter's gradients: a backward pass adds to those that are there.</summary>
/// <param name="parameter">Contiguous; it keeps its place and that of its gradient.</param>
internal sealed unsafe class ParameterMemory(Tensor parameter)
{
    private float* _values;
    private float* _gradients;
    private AlignedFloats? _unread;

    public float* Values => _values is not null ? _values : _values = Address(parameter);

    /// <summary>Of a parameter that does not learn, memory that nobody reads.</summary>
    public float* Gradients => _gradients is not null ? _gradients : _gradients = FindGradients();

    /// <summary>Whether it learns; else it keeps its values, and passes need not compute its gradient.</summary>
    public bool Learns { get; } = parameter.requires_grad;

    private float* FindGradients()
    {
        if (!Learns)
            return AlignedFloats.Ensure(ref _unread, checked((int)parameter.numel())).Pointer;
        using var gradient = parameter.grad ?? throw new InvalidOperationException("Nothing keeps the parameter's gradient.");
        return Address(gradient);
    }

    // libtorch's memory does not move.
    private static float* Address(Tensor tensor)
    {
        fixed (float* start = MemoryMarshal.Cast<byte, float>(tensor.bytes))
            return start;
    }
}
