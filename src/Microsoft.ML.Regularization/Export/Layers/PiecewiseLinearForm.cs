using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class PiecewiseLinearForm : LayerForm<PiecewiseLinearDescription>
{
    protected override void Append(PiecewiseLinearDescription layer, LayerGraph graph)
    {
        var (own, numbers, size, value) = (graph.Graph, layer.Numbers, layer.Size, graph.Value);
        var bins = Bins.Of(graph.Read(layer.Name + ".edges", 1, numbers, layer.Bins + 1), numbers, layer.Bins);
        var change = graph.Read(layer.Name + ".change", layer.Factor, numbers, layer.Bins, size);
        var before = new float[change.Length];
        var shift = graph.Read(layer.Name + ".shift", layer.Factor, numbers, size);
        for (var number = 0; number < numbers; number++)
        {
            var part = (number * layer.Bins * size)..((number + 1) * layer.Bins * size);
            PiecewiseLinearFunction.SumUp(shift.AsSpan(number * size, size), change.AsSpan(part), before.AsSpan(part));
        }

        var search = new IntervalSearch(own, value, bins.Starts, numbers, isIn: true);
        var passed = own.Product(own.Difference(value, search.Of(bins.Edges)), search.Of(bins.Factors));
        var share = own.Add("Min", [own.Add("Max", [passed, search.Of(bins.Least)]), search.Of(bins.Most)]);
        var codes = own.Sum(
            search.VectorsOf(before, size),
            own.Product(own.Reshape(share, 0, numbers, 1), search.VectorsOf(change, size)));
        var slope = own.Constant(graph.Read(layer.Name + ".slope", layer.Factor, numbers, size), numbers, size);
        graph.Value = own.Reshape(own.Sum(codes, own.Product(own.Reshape(value, 0, numbers, 1), slope)), 0, (long)numbers * size);
    }

    // As PiecewiseBins has them, one for each bin: where it starts, infinity for bins that a number has not.
    private sealed record Bins(float[] Starts, float[] Edges, float[] Factors, float[] Least, float[] Most)
    {
        public static Bins Of(float[] edges, int numbers, int count)
        {
            var size = numbers * count;
            var bins = new Bins(new float[size], new float[size], new float[size], new float[size], new float[size]);
            for (var number = 0; number < numbers; number++)
            {
                var own = edges.AsSpan(number * (count + 1), count + 1);
                var last = 0;
                for (var bin = 0; bin < count && own[bin + 1] - own[bin] >= PiecewiseBins.LeastWidth; bin++)
                    last = bin;
                for (var bin = 0; bin < count; bin++)
                {
                    var (place, width) = (number * count + bin, own[bin + 1] - own[bin]);
                    bins.Starts[place] = bin > last ? float.PositiveInfinity : own[bin];
                    bins.Edges[place] = own[bin];
                    bins.Factors[place] = bin <= last && width >= PiecewiseBins.LeastWidth ? 1 / width : 0;
                    bins.Least[place] = bin == 0 ? -PiecewiseBins.Reach : 0;
                    bins.Most[place] = bin == last ? 1 + PiecewiseBins.Reach : 1;
                }
            }

            return bins;
        }
    }
}
