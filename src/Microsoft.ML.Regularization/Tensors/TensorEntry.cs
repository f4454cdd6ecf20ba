namespace Microsoft.ML.Regularization.Tensors;

/// <summary>A tensor in a file, without its elements.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its elements' type in the words of safetensors.</param>
/// <param name="Shape">Its dimensions.</param>
internal sealed record TensorEntry(string Name, string Type, long[] Shape)
{
    public const string Float = "F32";
    public const string Double = "F64";
    public const string Half = "F16";
    public const string BrainFloat = "BF16";

    /// <summary>Bytes of all elements.</summary>
    /// <exception cref="InvalidDataException">The type is not known, a dimension is negative, or there are more than fit into memory.</exception>
    public long ByteCount
    {
        get
        {
            var count = Type switch
            {
                Double or "I64" or "U64" => 8L,
                Float or "I32" or "U32" => 4L,
                Half or BrainFloat or "I16" or "U16" => 2L,
                "U8" or "I8" or "BOOL" or "F8_E4M3" or "F8_E5M2" => 1L,
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
