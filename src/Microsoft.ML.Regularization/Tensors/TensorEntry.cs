namespace Microsoft.ML.Regularization.Tensors;

/// <summary>A tensor in a file, without its elements.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its elements' type in the words of safetensors.</param>
/// <param name="Shape">Its dimensions.</param>
internal sealed record TensorEntry(string Name, string Type, long[] Shape)
{
    public const string Float = "F32";
    public const string Double = "F64";

    /// <summary>Bytes of all elements.</summary>
    /// <exception cref="InvalidDataException">The type is not known, a dimension is negative, or there are more than fit into memory.</exception>
    public long ByteCount
    {
        get
        {
            var count = Type switch
            {
                "F64" or "I64" => 8L,
                "F32" or "I32" => 4L,
                "U8" or "BOOL" => 1L,
                _ => throw new InvalidDataException($"the tensor '{Name}' is of type '{Type}', which is not read."),
            };
            foreach (var size in Shape)
            {
                if (size < 0 || (size > 0 && count > Array.MaxLength / size))
                    throw new InvalidDataException($"the tensor '{Name}' of shape {Describe(Shape)} is too large.");
                count *= size;
            }

            return count;
        }
    }

    public static string Describe(IEnumerable<long> shape) => $"({string.Join(", ", shape)})";
}
