namespace Microsoft.ML.Regularization.Tests.Arithmetic;

/// <summary>Products touch nothing but their factors and their result, whatever the shapes and however the factors lie.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed unsafe class GuardedProductTests
{
    public static IEnumerable<object[]> Shapes => MatrixProductTests.Shapes;

    [TestMethod]
    [DynamicData(nameof(Shapes))]
    public void A_product_stays_within_its_memory(int rows, int depth, int columns)
    {
        var (left, right, start) = (MatrixProductTests.Fill(rows * depth, 1), MatrixProductTests.Fill(depth * columns, 2), MatrixProductTests.Fill(columns, 3));
        var expected = MatrixProductTests.Expected(left.Span, right.Span, rows, depth, columns, (_, column) => start.Span[column]);
        foreach (var isGuardBehind in new[] { true, false })
        {
            using var x = new GuardedFloats(left.Span, isGuardBehind);
            using var w = new GuardedFloats(right.Span, isGuardBehind);
            using var s = new GuardedFloats(start.Span, isGuardBehind);
            using var y = new GuardedFloats(new float[rows * columns], isGuardBehind);
            using var transposedX = new GuardedFloats(Transposed(left.Span, rows, depth), isGuardBehind);
            using var transposedW = new GuardedFloats(Transposed(right.Span, depth, columns), isGuardBehind);
            foreach (var leftFactor in new[] { new Matrix(x.Pointer, rows, depth), new Matrix(transposedX.Pointer, depth, rows).Transposed })
            {
                foreach (var rightFactor in new[] { new Matrix(w.Pointer, depth, columns), new Matrix(transposedW.Pointer, columns, depth).Transposed })
                {
                    y.Span.Clear();
                    MatrixProduct.Compute(leftFactor, rightFactor, Matrix.Repeat(s.Pointer, rows, columns), new Matrix(y.Pointer, rows, columns));
                    MatrixProductTests.AreClose(expected, y.Span);
                }
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Shapes))]
    public void So_does_a_row_by_itself(int rows, int depth, int columns)
    {
        var (left, right, start) = (MatrixProductTests.Fill(depth, 1), MatrixProductTests.Fill(columns * depth, 2), MatrixProductTests.Fill(columns, 3));
        using var weights = new GuardedFloats(right.Span);
        var packed = new PackedMatrix(new Matrix(weights.Pointer, columns, depth).Transposed);
        var expected = new float[columns];
        RowProduct.Compute(left.Span, packed, start.Span, expected);
        foreach (var isGuardBehind in new[] { true, false })
        {
            using var x = new GuardedFloats(left.Span, isGuardBehind);
            using var s = new GuardedFloats(start.Span, isGuardBehind);
            using var y = new GuardedFloats(new float[columns], isGuardBehind);
            RowProduct.Compute(x.Span, packed, s.Span, y.Span);
            CollectionAssert.AreEqual(expected, y.Span.ToArray(), $"{rows} rows");
        }
    }

    private static float[] Transposed(ReadOnlySpan<float> matrix, int rows, int columns)
    {
        var transposed = new float[matrix.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                transposed[column * rows + row] = matrix[row * columns + column];
        }

        return transposed;
    }
}
