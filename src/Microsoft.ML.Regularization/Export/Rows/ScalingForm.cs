using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Export;

/// <summary>Brings numbers to the scale of a network: see <see cref="InputScaler"/>.</summary>
internal static class ScalingForm
{
    /// <param name="graph">Where it is written.</param>
    /// <param name="numbers">(rows, numbers).</param>
    /// <param name="scaler">The scale.</param>
    public static string Of(OnnxGraph graph, string numbers, InputScaler scaler)
    {
        if (scaler.Quantiles is { } table)
            return OfQuantiles(graph, numbers, table, scaler.Center.Length);

        var scaled = graph.Product(graph.Difference(numbers, graph.Vector(scaler.Center)), graph.Vector(scaler.Factor));
        var within = graph.Clip(scaled, -InputScaler.Largest, InputScaler.Largest);
        if (!scaler.Clips)
            return within;
        var share = graph.Quotient(within, graph.Scalar(InputScaler.Bound));
        return graph.Quotient(within, graph.Add("Sqrt", graph.Sum(graph.Product(share, share), graph.Scalar(1))));
    }

    private static string OfQuantiles(OnnxGraph graph, string values, QuantileTable table, int numbers)
    {
        var (widths, rises) = (new float[table.Values.Length], new float[table.Values.Length]);
        for (var place = 0; place < widths.Length; place++)
        {
            var isLast = place % table.Knots == table.Knots - 1;
            var width = isLast ? 0 : table.Values[place + 1] - table.Values[place];

            // Behind the last knot nothing rises, whatever it is divided by.
            (widths[place], rises[place]) = width > 0 ? (width, table.Scores[place + 1] - table.Scores[place]) : (1, 0);
        }

        var least = new float[numbers];
        for (var number = 0; number < numbers; number++)
            least[number] = table.Values[number * table.Knots];
        var value = graph.Add("Max", [values, graph.Vector(least)]);
        var knots = new IntervalSearch(graph, value, table.Values, numbers, isIn: false);
        var share = graph.Quotient(graph.Difference(value, knots.Of(table.Values)), knots.Of(widths));
        return graph.Sum(knots.Of(table.Scores), graph.Product(share, knots.Of(rises)));
    }
}
