using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>An array in a checkpoint.</summary>
/// <param name="Name">Its name, with those of the parts it is in before it.</param>
/// <param name="Type">Its elements' type in the words of safetensors.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Bytes">Its elements, the last dimension running fastest.</param>
internal sealed record CheckpointTensor(string Name, string Type, long[] Shape, byte[] Bytes)
{
    public const string Byte = "U8";

    public TensorEntry Entry => new(Name, Type, Shape);

    public static CheckpointTensor CopyOf(string name, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return new CheckpointTensor(name, TypeOf(tensor), tensor.shape, tensor.detach().cpu().contiguous().bytes.ToArray());
    }

    /// <exception cref="InvalidDataException">The elements are of another type, or not finite.</exception>
    public float[] FiniteFloats()
    {
        CheckType(TensorEntry.Float);
        CheckFinite();
        return MemoryMarshal.Cast<byte, float>(Bytes).ToArray();
    }

    /// <exception cref="InvalidDataException">The elements are of another type.</exception>
    public double[] Doubles()
    {
        CheckType(TensorEntry.Double);
        return MemoryMarshal.Cast<byte, double>(Bytes).ToArray();
    }

    /// <summary>Writes the elements into a tensor of the same type and shape; false where it is another.</summary>
    /// <exception cref="InvalidDataException">The elements are not finite.</exception>
    public bool TryCopyTo(Tensor tensor)
    {
        if (Type != TypeOf(tensor) || !Shape.AsSpan().SequenceEqual(tensor.shape))
            return false;

        CheckFinite();
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var copy = empty(Shape, tensor.dtype);
        Bytes.CopyTo(copy.bytes);
        tensor.copy_(copy);
        return true;
    }

    private void CheckType(string type)
    {
        if (Type != type)
            throw new InvalidDataException($"'{Name}' is of type {Type}, not {type}");
    }

    private void CheckFinite()
    {
        if (Type == TensorEntry.Float && Bytes.Length > 0 && !float.IsFinite(TensorPrimitives.MaxMagnitude(MemoryMarshal.Cast<byte, float>(Bytes))))
            throw new InvalidDataException($"'{Name}' holds numbers that are not finite");
    }

    private static string TypeOf(Tensor tensor) => tensor.dtype switch
    {
        ScalarType.Float32 => TensorEntry.Float,
        ScalarType.Float64 => TensorEntry.Double,
        ScalarType.Int64 => "I64",
        ScalarType.Int32 => "I32",
        ScalarType.Byte => Byte,
        ScalarType.Bool => "BOOL",
        _ => throw new ArgumentOutOfRangeException(nameof(tensor), tensor.dtype, message: null),
    };
}
