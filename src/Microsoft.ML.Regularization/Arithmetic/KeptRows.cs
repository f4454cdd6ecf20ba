namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>
/// Memory for the rows of a batch that is kept from step to step. Each row starts on a cache line, so that whole vectors may be read and written; what stands
/// between the rows is nobody's.
/// </summary>
/// <param name="columns">Of a row.</param>
internal sealed unsafe class KeptRows(int columns)
{
    private const int Line = 16;

    private AlignedFloats? _memory;

    /// <summary>The memory of so many rows, with whatever it holds; the first rows are always the same.</summary>
    public Matrix Of(int rows) => In(ref _memory, rows, columns);

    /// <summary>Rows in memory that others use in turn.</summary>
    public static Matrix In(ref AlignedFloats? memory, int rows, int columns) =>
        At(AlignedFloats.Ensure(ref memory, SizeOf(rows, columns)).Pointer, rows, columns);

    /// <summary>Rows in memory of <see cref="SizeOf"/> floats, which begins on a cache line.</summary>
    public static Matrix At(float* memory, int rows, int columns) => new((nint)memory, rows, columns, StrideOf(columns), ColumnStride: 1);

    /// <summary>Floats that rows take.</summary>
    public static int SizeOf(int rows, int columns) => checked(rows * StrideOf(columns));

    private static int StrideOf(int columns) => (columns + Line - 1) / Line * Line;
}
