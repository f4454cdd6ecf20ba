using ScottPlot;

namespace RegularizerEffects;

/// <summary>The results as a picture: how much less error and log-loss than without regularization.</summary>
internal static class EffectsChart
{
    private static readonly Color[] Colors = [new(31, 119, 180), new(214, 39, 40), new(44, 160, 44)];

    public static void Save(Results results, string path)
    {
        var variants = Variants.All.Where(variant => variant.Against is not null && variant.Name != variant.Against).Reverse().ToList();
        var chart = new Multiplot();
        chart.AddPlots(2);
        chart.Layout = new ScottPlot.MultiplotLayouts.Columns();
        Draw(chart.GetPlot(0), "error, percentage points", measures => 100 * measures.Error, 4, hasNames: true);
        Draw(chart.GetPlot(1), "log-loss, nats", measures => measures.LogLoss, 0.5, hasNames: false);
        chart.SavePng(path, 1500, 60 + 24 * variants.Count);

        void Draw(Plot plot, string title, Func<Measures, double> value, double reach, bool hasNames)
        {
            var line = plot.Add.VerticalLine(0);
            line.Color = ScottPlot.Colors.Black;
            line.LineWidth = 1;
            for (var s = 0; s < DataSet.All.Count; s++)
            {
                for (var row = 0; row < variants.Count; row++)
                {
                    // What is beyond the picture stands at its edge.
                    var (mean, error) = results.Against(variants[row], DataSet.All[s], value);
                    var place = Math.Clamp(mean, -reach, reach);
                    var y = row + 0.22 * (1 - s);
                    var spread = plot.Add.Line(Math.Clamp(mean - error, -reach, reach), y, Math.Clamp(mean + error, -reach, reach), y);
                    spread.Color = Colors[s];
                    spread.LineWidth = 2;
                    var shape = mean == place ? MarkerShape.FilledCircle : mean > 0 ? MarkerShape.FilledTriangleUp : MarkerShape.FilledTriangleDown;
                    plot.Add.Marker(place, y, shape, size: 7, color: Colors[s]);
                }

                plot.Legend.ManualItems.Add(new LegendItem
                {
                    LabelText = DataSet.All[s].Name, MarkerShape = MarkerShape.FilledCircle, MarkerColor = Colors[s], MarkerSize = 9,
                });
            }

            plot.Axes.SetLimits(-reach * 1.05, reach * 1.05, -0.7, variants.Count - 0.3);
            plot.Title(title + " against none (left is better)", size: 15);
            plot.Legend.IsVisible = hasNames;
            plot.Legend.Alignment = Alignment.LowerRight;
            var places = Enumerable.Range(0, variants.Count).Select(row => (double)row).ToArray();
            plot.Axes.Left.SetTicks(places, [.. variants.Select(variant => hasNames ? variant.Name : "")]);
            plot.Axes.Left.TickLabelStyle.FontSize = 13;
        }
    }
}
