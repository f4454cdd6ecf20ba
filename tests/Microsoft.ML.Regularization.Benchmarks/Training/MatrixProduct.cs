using System.Diagnostics;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Training;

/// <summary>How fast libtorch multiplies large matrices here, the measure of all that can be reached with it.</summary>
internal static class MatrixProduct
{
    private const int Side = 1024;

    /// <summary>Multiplications with an addition in a second, the best of some products.</summary>
    public static double MultiplyAddsPerSecond()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (a, b) = (rand(Side, Side), rand(Side, Side));
        var best = double.PositiveInfinity;
        for (var i = 0; i < 60; i++)
        {
            var clock = Stopwatch.StartNew();
            using var product = a.mm(b);
            if (i >= 10)
                best = Math.Min(best, clock.Elapsed.TotalSeconds);
        }

        return Math.Pow(Side, 3) / best;
    }
}
