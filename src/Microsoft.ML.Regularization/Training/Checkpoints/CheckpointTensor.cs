using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>An array in a checkpoint.</summary>
/// <param name="Name">Its name, with those of the parts it is in before it.</param>
/// <param name="Type">Its elements' type in the words of safetensors.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Bytes">Its elements, the last dimension running fastest.</param>
internal sealed record CheckpointTensor(string Name, string Type, long[] Shape, byte[] Bytes)
{
    public const string Float = "F32";
    public const string Double = "F64";

    public static CheckpointTensor CopyOf(string name, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return new CheckpointTensor(name, TypeOf(tensor), tensor.shape, tensor.detach().cpu().contiguous().bytes.ToArray());
    }

    /// <summary>Writes the elements into a tensor of the same type and shape; false where it is another.</summary>
    public bool TryCopyTo(Tensor tensor)
    {
        if (Type != TypeOf(tensor) || !Shape.AsSpan().SequenceEqual(tensor.shape))
            return false;

        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var copy = empty(Shape, tensor.dtype);
        Bytes.CopyTo(copy.bytes);
        tensor.copy_(copy);
        return true;
    }

    private static string TypeOf(Tensor tensor) => tensor.dtype switch
    {
        ScalarType.Float32 => Float,
        ScalarType.Float64 => Double,
        ScalarType.Int64 => "I64",
        ScalarType.Int32 => "I32",
        ScalarType.Byte => "U8",
        ScalarType.Bool => "BOOL",
        _ => throw new ArgumentOutOfRangeException(nameof(tensor), tensor.dtype, message: null),
    };
}
