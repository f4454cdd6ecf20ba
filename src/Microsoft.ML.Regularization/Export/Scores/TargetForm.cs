using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization.Export;

/// <summary>A network's output in the units of its target: see <see cref="TargetScale"/>.</summary>
internal static class TargetForm
{
    public static string Of(OnnxGraph graph, string output, TargetScale scale)
    {
        var restored = graph.Times(output, scale.Deviation);
        if (scale.Mean != 0)
            restored = graph.Sum(restored, graph.Scalar(scale.Mean));
        return graph.Clip(restored, scale.Least ?? double.NegativeInfinity, scale.Greatest ?? double.PositiveInfinity);
    }
}
