using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Tests.Arithmetic;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Tensors;

/// <summary>Products by MKL, on whatever processor, against sums in double precision.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed unsafe class MklProductsTests
{
    private static readonly MklProducts Forced = new(leastMultiplications: 0);

    public static IEnumerable<object[]> Shapes =>
    [
        [1, 1, 13], [3, 2, 65], [13, 8, 31], [1, 300, 40], [64, 64, 64], [65, 17, 129], [10, 1024, 300], [257, 100, 513], [520, 30, 40], [300, 257, 700],
    ];

    [TestMethod]
    public void It_is_there_where_libtorch_is_built_with_it() =>
        Assert.AreEqual(RuntimeInformation.ProcessArchitecture == Architecture.X64, MklProducts.IsThere);

    [TestMethod]
    [DynamicData(nameof(Shapes))]
    public void A_product_is_the_sum_over_the_depth_and_stays_within_its_memory(int rows, int depth, int columns)
    {
        AssertIsThere();
        var (left, right, other) = (MatrixProductTests.Fill(rows * depth, 1), MatrixProductTests.Fill(depth * columns, 2), MatrixProductTests.Fill(rows * columns, 3));
        using var team = new ThreadTeam(3);
        foreach (var isGuardBehind in new[] { true, false })
        {
            using var x = new GuardedFloats(left.Span, isGuardBehind);
            using var w = new GuardedFloats(right.Span, isGuardBehind);
            using var o = new GuardedFloats(other.Span, isGuardBehind);
            using var y = new GuardedFloats(new float[rows * columns], isGuardBehind);
            using var transposedX = new GuardedFloats(Transposed(left.Span, rows, depth), isGuardBehind);
            using var transposedW = new GuardedFloats(Transposed(right.Span, depth, columns), isGuardBehind);
            var result = new Matrix(y.Pointer, rows, columns);
            (Matrix Start, Func<int, int, double> Value)[] starts =
            [
                (Matrix.Zeros(rows, columns), (_, _) => 0),
                (Matrix.Repeat(o.Pointer, rows, columns), (_, column) => other.Span[column]),
                (result, (row, column) => other.Span[row * columns + column]),
                (new Matrix(o.Pointer, rows, columns), (row, column) => other.Span[row * columns + column]),
            ];
            foreach (var (start, value) in starts)
            {
                var expected = MatrixProductTests.Expected(left.Span, right.Span, rows, depth, columns, value);
                foreach (var leftFactor in new[] { new Matrix(x.Pointer, rows, depth), new Matrix(transposedX.Pointer, depth, rows).Transposed })
                {
                    foreach (var rightFactor in new[] { new Matrix(w.Pointer, depth, columns), new Matrix(transposedW.Pointer, columns, depth).Transposed })
                    {
                        foreach (var isRectified in new[] { false, true })
                        {
                            // What is there before counts for nothing, unless it is the start.
                            if (start == result)
                                other.Span.CopyTo(y.Span);
                            else
                                y.Span.Fill(float.NaN);
                            var epilogue = isRectified ? new Rectification(new Matrix(o.Pointer, rows, columns)) : null;
                            using (HeldLibrary.Use(Forced))
                                Assert.IsTrue(LibraryProduct.TryCompute(leftFactor, rightFactor, start, result, epilogue, team));
                            MatrixProductTests.AreClose(
                                isRectified ? [.. expected.Select((sum, i) => Math.Max(0, sum) * other.Span[i])] : expected, y.Span);
                        }
                    }
                }
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Shapes))]
    public void Factors_and_results_may_be_parts_of_larger_matrices(int rows, int depth, int columns)
    {
        AssertIsThere();
        var (x, w, y) = (MatrixProductTests.Fill((rows + 2) * (depth + 3), 1), MatrixProductTests.Fill((depth + 2) * (columns + 5), 2), MatrixProductTests.Fill((rows + 2) * (columns + 1), 3));
        var before = y.Span.ToArray();
        var (left, right) = (new Matrix(x.Pointer, rows + 2, depth + 3).Block(1, 2, rows, depth), new Matrix(w.Pointer, depth + 2, columns + 5).Block(2, 3, depth, columns));
        var result = new Matrix(y.Pointer, rows + 2, columns + 1).Block(1, 0, rows, columns);
        var expected = MatrixProductTests.Expected(Contiguous(left), Contiguous(right), rows, depth, columns, (_, _) => 0);
        using (HeldLibrary.Use(Forced))
            MatrixProduct.Compute(left, right, Matrix.Zeros(rows, columns), result);

        MatrixProductTests.AreClose(expected, Contiguous(result));
        for (var i = 0; i < before.Length; i++)
        {
            var (row, column) = (i / (columns + 1) - 1, i % (columns + 1));
            if (row < 0 || row >= rows || column == columns)
                Assert.AreEqual(before[i], y.Span[i], "Something was written outside of the result.");
        }
    }

    [TestMethod]
    public void Neither_threads_nor_another_run_change_a_bit()
    {
        AssertIsThere();
        foreach (var (rows, depth, columns) in new[] { (1024, 300, 1024), (70, 1000, 900), (513, 784, 130) })
        {
            var (left, right) = (MatrixProductTests.Fill(rows * depth, 1), MatrixProductTests.Fill(depth * columns, 2));
            var results = new List<float[]>();
            foreach (var size in new[] { 1, 2, 3, 2, 1 })
            {
                var result = MatrixProductTests.Floats(rows * columns);
                using var team = new ThreadTeam(size);
                using (HeldLibrary.Use(Forced))
                    MatrixProduct.Compute(new Matrix(left.Pointer, rows, depth), new Matrix(right.Pointer, depth, columns), Matrix.Zeros(rows, columns), new Matrix(result.Pointer, rows, columns), team: team);
                results.Add(result.Span.ToArray());
            }

            results.ForEach(result => CollectionAssert.AreEqual(results[0], result));
        }
    }

    [TestMethod]
    public void Numbers_of_threads_stay_what_they_are()
    {
        AssertIsThere();
        var process = torch.get_num_threads();
        var (left, right, result) = (MatrixProductTests.Fill(600 * 50, 1), MatrixProductTests.Fill(50 * 600, 2), MatrixProductTests.Floats(600 * 600));
        var own = OpenMp.SetMatrixThreads(3);
        var numbers = new HashSet<int>();
        using (var team = new ThreadTeam(2))
        {
            using (HeldLibrary.Use(Forced))
                MatrixProduct.Compute(new Matrix(left.Pointer, 600, 50), new Matrix(right.Pointer, 50, 600), Matrix.Zeros(600, 600), new Matrix(result.Pointer, 600, 600), team: team);

            // Those of the other threads are none: the process's count for them.
            var caller = Environment.CurrentManagedThreadId;
            using var use = ThreadTeam.Use(team);
            RangeWork.Run(200, 1, (_, _) =>
            {
                if (Environment.CurrentManagedThreadId == caller)
                {
                    Thread.Sleep(1);
                    return;
                }

                var number = OpenMp.SetMatrixThreads(0);
                lock (numbers)
                    numbers.Add(number);
            });
        }

        Assert.AreEqual(3, OpenMp.SetMatrixThreads(own));
        Assert.AreEqual(process, torch.get_num_threads());
        CollectionAssert.AreEqual(new[] { 0 }, numbers.ToArray());
    }

    private static void AssertIsThere()
    {
        if (!MklProducts.IsThere)
            Assert.Inconclusive("This libtorch has no MKL.");
    }

    private static float[] Contiguous(Matrix matrix)
    {
        var elements = new float[matrix.Rows * matrix.Columns];
        for (var row = 0; row < matrix.Rows; row++)
            matrix.RowSpan(row).CopyTo(elements.AsSpan(row * matrix.Columns));
        return elements;
    }

    private static float[] Transposed(ReadOnlySpan<float> matrix, int rows, int columns)
    {
        var transposed = new float[matrix.Length];
        for (var i = 0; i < matrix.Length; i++)
            transposed[i % columns * rows + i / columns] = matrix[i];
        return transposed;
    }
}
