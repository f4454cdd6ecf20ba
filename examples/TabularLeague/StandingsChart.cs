using ScottPlot;

namespace TabularLeague;

/// <summary>The mean ranks as a picture.</summary>
internal static class StandingsChart
{
    private static readonly MarkerShape[] Shapes =
        [MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledDiamond, MarkerShape.FilledTriangleUp];

    public static void Save(IReadOnlyList<Standings> standings, IReadOnlyList<Entry> entries, string path)
    {
        var plot = new Plot();
        var ranks = standings.Select(ofMetric => ofMetric.MeanRanks(entries)).ToList();
        var rows = StandingsTables.InOrder(entries, ranks).Reverse().ToList();
        var palette = new ScottPlot.Palettes.Category10();
        for (var i = 0; i < standings.Count; i++)
        {
            double[] places = [.. rows.Select(entry => ranks[i][entry])];
            double[] heights = [.. Enumerable.Range(0, rows.Count).Select(row => row + (standings.Count - 1) * 0.09 - i * 0.18)];
            var markers = plot.Add.ScatterPoints(places, heights);
            markers.MarkerShape = Shapes[i % Shapes.Length];
            markers.MarkerSize = 11;
            markers.Color = palette.GetColor(i);
            markers.LegendText = StandingsTables.NameOf(standings[i]);
        }

        plot.Axes.SetLimits(0.8, Standings.FieldSize(entries) + 0.2, -0.6, rows.Count - 0.4);
        plot.Axes.Left.SetTicks([.. Enumerable.Range(0, rows.Count).Select(row => (double)row)], [.. rows.Select(entry => entry.Name)]);
        plot.Axes.Left.TickLabelStyle.FontSize = 14;
        plot.ShowLegend(Alignment.UpperRight);
        plot.Title($"Mean rank of {Standings.FieldSize(entries)}, itself and ML.NET's, over the tables (left is better)", size: 16);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        plot.SavePng(path, 900, 110 + 50 * rows.Count);
    }
}
