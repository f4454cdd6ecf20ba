using System.Collections.Concurrent;

namespace Microsoft.ML.Regularization.Tests.Arithmetic;

/// <summary>Which products go to another library, in which parts, and what is done around them. The library is a plain sum here.</summary>
[TestClass]
public sealed unsafe class LibraryProductTests
{
    [TestMethod]
    public void Large_products_of_the_thread_that_holds_a_library_go_there()
    {
        var library = new PlainLibrary(leastMultiplications: 40 * 30 * 20);
        Assert.AreEqual(0, CallsOf(40, 30, 20));
        using (HeldLibrary.Use(library))
        {
            Assert.AreNotEqual(0, CallsOf(40, 30, 20));
            Assert.AreEqual(0, CallsOf(40, 29, 20));

            // Few columns, and factors that were packed, stay here.
            Assert.AreEqual(0, CallsOf(4000, 30, 10));
            var (x, w, y) = (MatrixProductTests.Fill(40 * 30, 1), MatrixProductTests.Fill(30 * 20, 2), MatrixProductTests.Floats(40 * 20));
            MatrixProduct.Compute(
                new Matrix(x.Pointer, 40, 30), new PackedMatrix(new Matrix(w.Pointer, 30, 20)), Matrix.Zeros(40, 20), new Matrix(y.Pointer, 40, 20));
            Assert.IsEmpty(library.Parts);

            using (HeldLibrary.Use(null))
                Assert.AreEqual(0, CallsOf(40, 30, 20));
            Assert.AreNotEqual(0, CallsOf(40, 30, 20));
        }

        Assert.IsNull(HeldLibrary.OfThread);

        int CallsOf(int rows, int depth, int columns)
        {
            library.Parts.Clear();
            var (x, w, y) = (MatrixProductTests.Fill(rows * depth, 1), MatrixProductTests.Fill(depth * columns, 2), MatrixProductTests.Floats(rows * columns));
            MatrixProduct.Compute(new Matrix(x.Pointer, rows, depth), new Matrix(w.Pointer, depth, columns), Matrix.Zeros(rows, columns), new Matrix(y.Pointer, rows, columns));
            MatrixProductTests.AreClose(MatrixProductTests.Expected(x.Span, w.Span, rows, depth, columns, (_, _) => 0), y.Span);
            var calls = library.Parts.Count;
            library.Parts.Clear();
            return calls;
        }
    }

    [TestMethod]
    public void Factors_that_a_library_cannot_read_stay_here()
    {
        const int Rows = 30;
        const int Depth = 20;
        const int Columns = 40;
        var (x, w, y) = (MatrixProductTests.Fill(Rows * Depth * 2, 1), MatrixProductTests.Fill(Depth * Columns, 2), MatrixProductTests.Floats(Rows * Columns));
        var (right, result) = (new Matrix(w.Pointer, Depth, Columns), new Matrix(y.Pointer, Rows, Columns));
        var library = new PlainLibrary(leastMultiplications: 0);
        using var held = HeldLibrary.Use(library);
        foreach (var left in new[]
        {
            // Every second column, and rows that are all the same.
            new Matrix((nint)x.Pointer, Rows, Depth, 2 * Depth, 2), Matrix.Repeat(x.Pointer, Rows, Depth),
        })
        {
            MatrixProduct.Compute(left, right, Matrix.Zeros(Rows, Columns), result);
            float[] contiguous = [.. Enumerable.Range(0, Rows * Depth).Select(i => *left.At(i / Depth, i % Depth))];
            MatrixProductTests.AreClose(MatrixProductTests.Expected(contiguous, w.Span, Rows, Depth, Columns, (_, _) => 0), y.Span);
        }

        Assert.IsEmpty(library.Parts);
    }

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(3, 2000)]
    [DataRow(10, 20)]
    [DataRow(65, 257)]
    [DataRow(128, 4096)]
    [DataRow(512, 512)]
    [DataRow(1000, 1000)]
    [DataRow(1025, 40)]
    [DataRow(4097, 1030)]
    public void Parts_cover_the_result_once_and_are_those_of_any_number_of_threads(int rows, int columns)
    {
        var (x, w, y) = (MatrixProductTests.Fill(rows, 1), MatrixProductTests.Fill(columns, 2), MatrixProductTests.Floats(rows * columns));
        var seen = new List<(nint Place, int Rows, int Columns)[]>();
        foreach (var size in new[] { 1, 2, 5 })
        {
            var library = new PlainLibrary(leastMultiplications: 0);
            y.Span.Clear();
            var result = new Matrix(y.Pointer, rows, columns);
            using var team = new ThreadTeam(size);
            using (HeldLibrary.Use(library))
                Assert.IsTrue(LibraryProduct.TryCompute(new Matrix(x.Pointer, rows, 1), new Matrix(w.Pointer, 1, columns), result, result, null, team));
            seen.Add([.. library.Parts.Order()]);
            for (var i = 0; i < y.Length; i++)
                Assert.AreEqual(x.Span[i / columns] * w.Span[i % columns], y.Span[i]);
        }

        CollectionAssert.AreEqual(seen[0], seen[1]);
        CollectionAssert.AreEqual(seen[0], seen[2]);

        // What is large has parts for several threads, but not more than it needs.
        var least = rows * columns >= 1 << 15 ? 4 : 1;
        Assert.IsGreaterThanOrEqualTo(least, seen[0].Length);
        Assert.IsLessThanOrEqualTo(Math.Max(12, rows * columns / (1 << 17)), seen[0].Length);
        Assert.IsTrue(seen[0].All(part => part.Rows <= 512 && part.Columns <= 512));
    }

    [TestMethod]
    public void Parts_of_other_works_do_not_see_the_library()
    {
        var library = new PlainLibrary(leastMultiplications: 0);
        foreach (var size in new[] { 1, 3 })
        {
            using var team = new ThreadTeam(size);
            using var use = ThreadTeam.Use(team);
            using var held = HeldLibrary.Use(library);
            foreach (var parts in new[] { 1, 7 })
            {
                var seen = 0;
                new KeptWork(range: 1, (_, _) => Interlocked.Add(ref seen, HeldLibrary.OfThread is null ? 0 : 1)).RunAll(parts);
                Assert.AreEqual(0, seen);
                Assert.AreSame(library, HeldLibrary.OfThread);
            }
        }
    }

    private sealed class PlainLibrary(long leastMultiplications) : IMatrixLibrary
    {
        public ConcurrentBag<(nint Place, int Rows, int Columns)> Parts { get; } = [];

        public long LeastMultiplications => leastMultiplications;

        public void Multiply(Matrix left, Matrix right, Matrix result, bool isSum)
        {
            Parts.Add((result.Elements, result.Rows, result.Columns));
            for (var row = 0; row < result.Rows; row++)
            {
                for (var column = 0; column < result.Columns; column++)
                {
                    var sum = isSum ? *result.At(row, column) : 0;
                    for (var i = 0; i < left.Columns; i++)
                        sum += *left.At(row, i) * *right.At(i, column);
                    *result.At(row, column) = sum;
                }
            }
        }
    }
}
