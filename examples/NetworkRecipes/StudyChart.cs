using ScottPlot;

namespace NetworkRecipes;

/// <summary>The results as a picture: the test error of each way to train, with the standard deviation over the seeds.</summary>
internal static class StudyChart
{
    public static void Save(Study study, Results results, string path)
    {
        var plot = new Plot();
        var rows = study.Variants.Reverse().ToList();
        for (var row = 0; row < rows.Count; row++)
        {
            var (mean, deviation) = results.Of(rows[row], measures => 100 * measures.Error);
            var spread = plot.Add.Line(mean - deviation, row, mean + deviation, row);
            spread.Color = Colors.Gray;
            spread.LineWidth = 3;
            plot.Add.Marker(mean, row, MarkerShape.FilledCircle, size: 11, color: new Color(31, 119, 180));
        }

        plot.Axes.SetLimitsY(-0.6, rows.Count - 0.4);
        plot.Axes.Left.SetTicks([.. Enumerable.Range(0, rows.Count).Select(row => (double)row)], [.. rows.Select(variant => variant.Name)]);
        plot.Axes.Left.TickLabelStyle.FontSize = 14;
        plot.Title($"{study.Name}: test error, % (left is better)", size: 16);
        plot.SavePng(path, 900, 90 + 40 * rows.Count);
    }
}
