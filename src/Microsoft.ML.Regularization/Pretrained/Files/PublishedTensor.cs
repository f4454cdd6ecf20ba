namespace Microsoft.ML.Regularization.Pretrained;

/// <summary>A tensor of a file of weights, whose elements are read when they are needed.</summary>
/// <param name="Stored">Its name in the file.</param>
/// <param name="Type">Its elements' type in the words of safetensors.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Read">Reads its elements, the last dimension running fastest.</param>
internal sealed record PublishedTensor(string Stored, string Type, ValueList<long> Shape, Func<float[]> Read)
{
    /// <summary>The name that it is known by: where the file has only numbers for names, the one that follows from the graph.</summary>
    public string Name { get; init; } = Stored;

    /// <summary>Whether its elements are floating-point numbers.</summary>
    public bool IsFloatingPoint => FloatingPoint.SizeOf(Type) > 0;

    /// <summary>Whether it is such a number that graphs have many of, rather than weights.</summary>
    public bool IsConstant => !IsFloatingPoint || Shape.Count == 0;

    /// <summary>A matrix (in, out) as (out, in).</summary>
    public PublishedTensor Transposed()
    {
        var (rows, columns) = ((int)Shape[0], (int)Shape[1]);
        return this with
        {
            Shape = [columns, rows],
            Read = () =>
            {
                var (values, turned) = (Read(), new float[rows * columns]);
                for (var row = 0; row < rows; row++)
                {
                    for (var column = 0; column < columns; column++)
                        turned[column * rows + row] = values[row * columns + column];
                }

                return turned;
            },
        };
    }

    public override string ToString() => Name == Stored ? $"'{Name}'" : $"'{Name}' (in the file '{Stored}')";
}
