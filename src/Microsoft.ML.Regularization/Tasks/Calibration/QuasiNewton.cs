using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>
/// Minimizes a smooth function of few variables by quasi-Newton steps (Nocedal, "Updating quasi-Newton matrices with limited storage", 1980), of lengths that lower it enough
/// and leave less of its slope (Wolfe, 1969), found by bisection.
/// </summary>
internal static class QuasiNewton
{
    private const int Memory = 10;
    private const int MostSteps = 200;
    private const int MostTrials = 50;
    private const double EnoughDecrease = 1e-4;
    private const double SlopeLeft = 0.9;

    /// <param name="point">Where.</param>
    /// <param name="gradient">Receives the gradient there.</param>
    /// <returns>The value there.</returns>
    public delegate double Function(ReadOnlySpan<double> point, Span<double> gradient);

    /// <summary>A point of which the gradient is about 0, or the best one found; not finite where the function is not so at the start.</summary>
    /// <param name="function">What to minimize.</param>
    /// <param name="start">Where to start.</param>
    /// <param name="tolerance">The length of the gradient that counts as 0.</param>
    public static double[] Minimize(Function function, double[] start, double tolerance = 1e-8)
    {
        var (point, gradient) = ((double[])start.Clone(), new double[start.Length]);
        var value = function(point, gradient);
        if (!double.IsFinite(value))
            return Array.ConvertAll(start, _ => double.NaN);

        var pairs = new List<(double[] Step, double[] Change, double Product)>();
        for (var step = 0; step < MostSteps && TensorPrimitives.Norm<double>(gradient) > tolerance; step++)
        {
            var direction = Direction(gradient, pairs);
            var slope = TensorPrimitives.Dot<double>(direction, gradient);
            if (Search(function, point, value, direction, slope) is not { } next)
                break;

            var (moved, change) = (new double[point.Length], new double[point.Length]);
            TensorPrimitives.Subtract(next.Point, point, moved);
            TensorPrimitives.Subtract(next.Gradient, gradient, change);
            var product = TensorPrimitives.Dot<double>(moved, change);
            if (product > 0)
                pairs.Add((moved, change, product));
            if (pairs.Count > Memory)
                pairs.RemoveAt(0);
            (point, gradient, value) = next;
        }

        return point;
    }

    private static (double[] Point, double[] Gradient, double Value)? Search(Function function, double[] point, double value, double[] direction, double slope)
    {
        var (least, most, length) = (0.0, double.PositiveInfinity, 1.0);
        (double[] Point, double[] Gradient, double Value)? lower = null;
        for (var trial = 0; trial < MostTrials; trial++, length = double.IsFinite(most) ? (least + most) / 2 : 2 * least)
        {
            var (next, gradient) = (new double[point.Length], new double[point.Length]);
            TensorPrimitives.MultiplyAdd(direction, length, point, next);
            var reached = function(next, gradient);
            if (!(reached <= value + EnoughDecrease * length * slope))
            {
                most = length;
                continue;
            }

            lower = (next, gradient, reached);
            if (TensorPrimitives.Dot<double>(gradient, direction) >= SlopeLeft * slope)
                return lower;
            least = length;
        }

        return lower;
    }

    // The two loops over pairs of steps and changes of the gradient, from the last to the first and back.
    private static double[] Direction(double[] gradient, List<(double[] Step, double[] Change, double Product)> pairs)
    {
        var direction = Array.ConvertAll(gradient, value => -value);
        var parts = new double[pairs.Count];
        for (var i = pairs.Count - 1; i >= 0; i--)
        {
            parts[i] = TensorPrimitives.Dot<double>(pairs[i].Step, direction) / pairs[i].Product;
            TensorPrimitives.MultiplyAdd(pairs[i].Change, -parts[i], direction, direction);
        }

        if (pairs.Count > 0)
            TensorPrimitives.Multiply(direction, pairs[^1].Product / TensorPrimitives.SumOfSquares<double>(pairs[^1].Change), direction);
        for (var i = 0; i < pairs.Count; i++)
            TensorPrimitives.MultiplyAdd(pairs[i].Step, parts[i] - TensorPrimitives.Dot<double>(pairs[i].Change, direction) / pairs[i].Product, direction, direction);
        return direction;
    }
}
