using System.Diagnostics;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Training;

/// <summary>How fast large matrices are multiplied here, the measure of all that can be reached: multiplications with an addition in a second.</summary>
internal static class MatrixPeak
{
    private const int Side = 1024;

    public static double OfLibTorch()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (a, b) = (rand(Side, Side), rand(Side, Side));
        return BestOf(() => a.mm(b).Dispose());
    }

    public static unsafe double OfLibrary()
    {
        var (a, b, c) = (new AlignedFloats(Side * Side), new AlignedFloats(Side * Side), new AlignedFloats(Side * Side));
        var random = new Random(1);
        foreach (ref var value in a.Span)
            value = random.NextSingle();
        a.Span.CopyTo(b.Span);
        var (left, right, result) = (new Matrix(a.Pointer, Side, Side), new Matrix(b.Pointer, Side, Side), new Matrix(c.Pointer, Side, Side));
        var peak = BestOf(() => MatrixProduct.Compute(left, right, Matrix.Zeros(Side, Side), result));

        // Addresses keep nothing alive.
        GC.KeepAlive((a, b, c));
        return peak;
    }

    private static double BestOf(Action multiply)
    {
        var best = double.PositiveInfinity;
        for (var i = 0; i < 200; i++)
        {
            var clock = Stopwatch.StartNew();
            multiply();
            if (i >= 10)
                best = Math.Min(best, clock.Elapsed.TotalSeconds);
        }

        return Math.Pow(Side, 3) / best;
    }
}
