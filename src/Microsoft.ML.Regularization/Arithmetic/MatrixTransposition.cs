using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>Turns rows into columns.</summary>
internal static unsafe class MatrixTransposition
{
    private const int Side = 8;

    /// <param name="source">(rows, columns).</param>
    /// <param name="sourceRow">Elements from a row of the source to the next.</param>
    /// <param name="rows">Rows of the source.</param>
    /// <param name="columns">Columns of the source.</param>
    /// <param name="destination">Receives (columns, rows).</param>
    /// <param name="destinationRow">Elements from a row of the destination to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* source, nint sourceRow, int rows, int columns, float* destination, nint destinationRow)
    {
        var (blockRows, blockColumns) = Avx.IsSupported ? (rows - rows % Side, columns - columns % Side) : (0, 0);
        for (var row = 0; row < blockRows; row += Side)
        {
            for (var column = 0; column < blockColumns; column += Side)
                Block(source + row * sourceRow + column, sourceRow, destination + column * destinationRow + row, destinationRow);
        }

        for (var row = 0; row < rows; row++)
        {
            for (var column = row < blockRows ? blockColumns : 0; column < columns; column++)
                destination[column * destinationRow + row] = source[row * sourceRow + column];
        }
    }

    // Pairs of rows interleave by elements, then by pairs of elements, then by halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block(float* source, nint sourceRow, float* destination, nint destinationRow)
    {
        var (a0, a1) = Interleave(source, sourceRow);
        var (a2, a3) = Interleave(source + 2 * sourceRow, sourceRow);
        var (a4, a5) = Interleave(source + 4 * sourceRow, sourceRow);
        var (a6, a7) = Interleave(source + 6 * sourceRow, sourceRow);
        const byte Low = 0b01_00_01_00;
        const byte High = 0b11_10_11_10;
        StorePair(Avx.Shuffle(a0, a2, Low), Avx.Shuffle(a4, a6, Low), destination, destinationRow);
        StorePair(Avx.Shuffle(a0, a2, High), Avx.Shuffle(a4, a6, High), destination + destinationRow, destinationRow);
        StorePair(Avx.Shuffle(a1, a3, Low), Avx.Shuffle(a5, a7, Low), destination + 2 * destinationRow, destinationRow);
        StorePair(Avx.Shuffle(a1, a3, High), Avx.Shuffle(a5, a7, High), destination + 3 * destinationRow, destinationRow);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Low, Vector256<float> High) Interleave(float* source, nint sourceRow)
    {
        var (first, second) = (Vector256.Load(source), Vector256.Load(source + sourceRow));
        return (Avx.UnpackLow(first, second), Avx.UnpackHigh(first, second));
    }

    // Columns i and i + 4 of the block.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePair(Vector256<float> top, Vector256<float> bottom, float* destination, nint destinationRow)
    {
        Avx.Permute2x128(top, bottom, 0x20).Store(destination);
        Avx.Permute2x128(top, bottom, 0x31).Store(destination + 4 * destinationRow);
    }
}
