using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Export;

/// <summary>Fills in the missing numbers of rows: see <see cref="Imputation"/>.</summary>
internal static class ImputationForm
{
    /// <param name="graph">Where it is written.</param>
    /// <param name="numbers">(rows, numbers).</param>
    /// <param name="imputation">What is filled in.</param>
    public static string Of(OnnxGraph graph, string numbers, Imputation imputation)
    {
        var (count, steps) = (imputation.Fill.Length, imputation.Steps);
        var rows = graph.Reshape(numbers, 0, steps, count);
        var isMissing = graph.Add("Or", [graph.Add("IsNaN", rows), graph.Add("IsInf", rows)]);
        var filled = graph.Add("Where", [isMissing, graph.Vector(imputation.Fill), rows]);
        if (imputation.Unknown.Length > 0)
        {
            var known = new float[count];
            Array.Fill(known, 1);
            foreach (var unknown in imputation.Unknown)
                known[unknown] = 0;
            filled = graph.Product(filled, graph.Vector(known));
        }

        if (imputation.Indicated.Length > 0)
        {
            var indicators = graph.Gather(graph.Cast(isMissing, OnnxType.Single), [.. imputation.Indicated.Select(number => (long)number)], axis: 2);
            filled = graph.Concat(2, filled, indicators);
        }

        return graph.Reshape(filled, 0, (long)steps * (count + imputation.Indicated.Length));
    }
}
