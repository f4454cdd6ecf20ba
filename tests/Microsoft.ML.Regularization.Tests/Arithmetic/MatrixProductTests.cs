using System.Collections.Concurrent;

namespace Microsoft.ML.Regularization.Tests.Arithmetic;

[TestClass]
public sealed unsafe class MatrixProductTests
{
    // Addresses keep nothing alive.
    private static readonly ConcurrentBag<AlignedFloats> Alive = [];

    public static IEnumerable<object[]> Shapes =>
    [
        // Around the edges of tiles, small tiles and panels, and beyond the depth of one pass.
        [1, 1, 1], [3, 2, 5], [4, 7, 32], [11, 3, 33], [12, 16, 32], [13, 8, 31], [24, 5, 64], [25, 64, 65], [128, 64, 256], [10, 128, 256],
        [4, 7, 16], [13, 8, 16], [24, 16, 16], [17, 20, 48], [37, 511, 40], [29, 512, 33], [30, 513, 10], [17, 1100, 70], [200, 300, 1],

        // Blocks of rows: around their edges, and those of their depth.
        [270, 256, 70], [271, 257, 96], [73, 1030, 65], [390, 200, 97],

        // Rows or columns that fall on the same lines of the cache.
        [40, 1024, 70], [61, 2048, 129], [1024, 30, 100], [1024, 1024, 97],
    ];

    [TestMethod]
    [DynamicData(nameof(Shapes))]
    public void A_product_is_the_sum_over_the_depth(int rows, int depth, int columns)
    {
        var (left, right, start) = (Fill(rows * depth, 1), Fill(depth * columns, 2), Fill(columns, 3));
        var expected = Expected(left.Span, right.Span, rows, depth, columns, (_, column) => start.Span[column]);
        var transposedRight = Transposed(right, depth, columns);
        var transposedLeft = Transposed(left, rows, depth);
        foreach (var leftFactor in new[] { new Matrix(left.Pointer, rows, depth), new Matrix(transposedLeft.Pointer, depth, rows).Transposed })
        {
            foreach (var rightFactor in new[] { new Matrix(right.Pointer, depth, columns), new Matrix(transposedRight.Pointer, columns, depth).Transposed })
            {
                var result = Guarded(rows * columns);
                MatrixProduct.Compute(
                    leftFactor, rightFactor, Matrix.Repeat(start.Pointer, rows, columns), new Matrix(result.Pointer, rows, columns));
                AreClose(expected, result.Span[..^1]);
                Assert.AreEqual(float.MaxValue, result.Span[^1], "Something was written behind the result.");
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Shapes))]
    public void The_result_itself_adds_to_it(int rows, int depth, int columns)
    {
        var (left, right, result) = (Fill(rows * depth, 1), Fill(depth * columns, 2), Fill(rows * columns, 3));
        var before = result.Span.ToArray();
        var matrix = new Matrix(result.Pointer, rows, columns);

        MatrixProduct.Compute(new Matrix(left.Pointer, rows, depth), new Matrix(right.Pointer, depth, columns), matrix, matrix);

        AreClose(Expected(left.Span, right.Span, rows, depth, columns, (row, column) => before[row * columns + column]), result.Span);
    }

    [TestMethod]
    [DynamicData(nameof(Shapes))]
    public void Neither_threads_nor_packing_change_a_bit(int rows, int depth, int columns)
    {
        var (left, right) = (Fill(rows * depth, 1), Fill(columns * depth, 2));
        var packed = PackedMatrix.OfWeight(right.Span, depth);
        var expected = Floats(rows * columns);
        var factor = new Matrix(left.Pointer, rows, depth);
        using var alone = new ThreadTeam(1);
        MatrixProduct.Compute(factor, packed, Matrix.Zeros(rows, columns), new Matrix(expected.Pointer, rows, columns), team: alone);
        foreach (var size in new[] { 2, 3, 8 })
        {
            using var team = new ThreadTeam(size);
            var result = Floats(rows * columns);
            var matrix = new Matrix(result.Pointer, rows, columns);
            MatrixProduct.Compute(factor, packed, Matrix.Zeros(rows, columns), matrix, team: team);
            CollectionAssert.AreEqual(expected.Span.ToArray(), result.Span.ToArray());

            MatrixProduct.Compute(
                factor, new Matrix(right.Pointer, columns, depth).Transposed, Matrix.Zeros(rows, columns), matrix, team: team);
            CollectionAssert.AreEqual(expected.Span.ToArray(), result.Span.ToArray());
        }
    }

    [TestMethod]
    [DynamicData(nameof(Shapes))]
    public void A_row_alone_gives_the_same_bits(int rows, int depth, int columns)
    {
        var (left, right, start) = (Fill(rows * depth, 1), Fill(columns * depth, 2), Fill(columns, 3));
        var packed = PackedMatrix.OfWeight(right.Span, depth);
        var (together, alone) = (Floats(rows * columns), new float[columns]);
        MatrixProduct.Compute(
            new Matrix(left.Pointer, rows, depth), packed, Matrix.Repeat(start.Pointer, rows, columns), new Matrix(together.Pointer, rows, columns));
        for (var row = 0; row < rows; row++)
        {
            RowProduct.Compute(left.Span.Slice(row * depth, depth), packed, start.Span, alone);
            CollectionAssert.AreEqual(together.Span.Slice(row * columns, columns).ToArray(), alone);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Shapes))]
    public void Rectified_sums_are_cut_off_at_0_and_multiplied(int rows, int depth, int columns)
    {
        var (left, right, factors) = (Fill(rows * depth, 1), Fill(depth * columns, 2), Fill(rows * columns, 4));
        var result = Floats(rows * columns);
        var expected = Expected(left.Span, right.Span, rows, depth, columns, (_, _) => 0);
        for (var i = 0; i < expected.Length; i++)
            expected[i] = Math.Max(0, expected[i]) * factors.Span[i];

        MatrixProduct.Compute(
            new Matrix(left.Pointer, rows, depth),
            new Matrix(right.Pointer, depth, columns),
            Matrix.Zeros(rows, columns),
            new Matrix(result.Pointer, rows, columns),
            new Rectification(new Matrix(factors.Pointer, rows, columns)));

        AreClose(expected, result.Span);
    }

    [TestMethod]
    public void No_rows_and_no_depth_are_products_too()
    {
        var (start, result) = (Fill(40, 1), Fill(3 * 40, 2));
        var nothing = new Matrix(start.Pointer, 0, 5);
        MatrixProduct.Compute(nothing, new Matrix(start.Pointer, 5, 8), Matrix.Zeros(0, 8), new Matrix(result.Pointer, 0, 8));

        MatrixProduct.Compute(
            new Matrix(start.Pointer, 3, 0), new Matrix(start.Pointer, 0, 40), Matrix.Repeat(start.Pointer, 3, 40), new Matrix(result.Pointer, 3, 40));
        for (var row = 0; row < 3; row++)
            CollectionAssert.AreEqual(start.Span.ToArray(), result.Span.Slice(row * 40, 40).ToArray());
    }

    internal static AlignedFloats Floats(int length)
    {
        var floats = new AlignedFloats(length);
        Alive.Add(floats);
        return floats;
    }

    internal static AlignedFloats Fill(int length, int seed)
    {
        var random = new Random(seed);
        var floats = Floats(length);
        foreach (ref var value in floats.Span)
            value = 2 * random.NextSingle() - 1;
        return floats;
    }

    internal static double[] Expected(
        ReadOnlySpan<float> left, ReadOnlySpan<float> right, int rows, int depth, int columns, Func<int, int, double> start)
    {
        var result = new double[rows * columns];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var sum = start(row, column);
                for (var i = 0; i < depth; i++)
                    sum += (double)left[row * depth + i] * right[i * columns + column];
                result[row * columns + column] = sum;
            }
        }

        return result;
    }

    internal static void AreClose(double[] expected, ReadOnlySpan<float> actual)
    {
        Assert.HasCount(expected.Length, actual.ToArray());
        for (var i = 0; i < expected.Length; i++)
            Assert.AreEqual(expected[i], actual[i], 1e-4, $"Element {i}");
    }

    private static AlignedFloats Guarded(int length)
    {
        var floats = Floats(length + 1);
        floats.Span[length] = float.MaxValue;
        return floats;
    }

    private static AlignedFloats Transposed(AlignedFloats matrix, int rows, int columns)
    {
        var result = Floats(matrix.Length);
        for (var i = 0; i < matrix.Length; i++)
            result.Span[i % columns * rows + i / columns] = matrix.Span[i];
        return result;
    }
}
