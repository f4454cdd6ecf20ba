using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The vectors of an <see cref="EmbeddingTable"/>, and their gradients.</summary>
/// <param name="matrix">The vectors.</param>
internal sealed unsafe class TableMemory(SlotMatrix matrix)
{
    private readonly ParameterMemory _weight = new(matrix.Weight);

    /// <summary>How many vectors there are.</summary>
    public int Count => matrix.Slots;

    /// <summary>Numbers of a vector.</summary>
    public int Width => matrix.Width;

    /// <summary>All vectors, those of the given keys ready to be read.</summary>
    /// <param name="keys">What a batch asks for.</param>
    /// <param name="isTraining">Whether a backward pass is to come.</param>
    public float* BeginForward(ReadOnlySpan<int> keys, bool isTraining)
    {
        if (isTraining)
            matrix.Touch(keys);
        return _weight.Values;
    }

    /// <summary>The gradients of these keys, which a backward pass adds to.</summary>
    public SlotGradients BeginBackward() => matrix.IsLazy ? matrix.BeginBackward() : new SlotGradients((nint)_weight.Gradients, null, Width);
}
