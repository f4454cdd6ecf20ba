using ScottPlot;
using ScottPlot.MultiplotLayouts;

namespace Microsoft.ML.Regularization.Benchmarks.Scale;

/// <summary>The figures as a picture: time of a row and memory over the number of rows.</summary>
internal static class ScaleChart
{
    private static readonly Color FitColor = new(31, 119, 180);
    private static readonly Color EpochColor = new(44, 160, 44);
    private static readonly Color ScoreColor = new(214, 39, 40);

    public static void Save(IReadOnlyList<ScaleRow> figures, string path)
    {
        var chart = new Multiplot();
        chart.AddPlots(2);
        chart.Layout = new Columns();
        Draw(chart.GetPlot(0), "microseconds a row", row => row.FitMicroseconds, row => row.ScoreMicroseconds, row => row.EpochMicroseconds);
        Draw(chart.GetPlot(1), "megabytes at the peak", row => row.Fit.PeakMegabytes, row => row.Score.PeakMegabytes);
        chart.SavePng(path, 1100, 400);

        void Draw(Plot plot, string title, Func<ScaleRow, double> fit, Func<ScaleRow, double> score, Func<ScaleRow, double>? epoch = null)
        {
            Line(fit, "Fit, one epoch", FitColor);
            if (epoch is not null)
                Line(epoch, "the epoch in it", EpochColor);
            Line(score, "Transform", ScoreColor);
            var first = (int)Math.Log10(figures[0].Rows);
            var decades = Enumerable.Range(first, (int)Math.Log10(figures[^1].Rows) - first + 1).ToArray();
            plot.Axes.Bottom.SetTicks([.. decades.Select(decade => (double)decade)], [.. decades.Select(decade => $"{Math.Pow(10, decade):N0}")]);
            plot.Axes.SetLimits(decades[0] - 0.2, Math.Log10(figures[^1].Rows) + 0.3, 0, 1.25 * figures.Max(row => Math.Max(fit(row), score(row))));
            plot.XLabel("rows of 64 numbers");
            plot.Title(title, size: 16);
            plot.ShowLegend(Alignment.UpperRight);

            void Line(Func<ScaleRow, double> value, string name, Color color)
            {
                var line = plot.Add.Scatter([.. figures.Select(row => Math.Log10(row.Rows))], figures.Select(value).ToArray(), color);
                line.LineWidth = 2;
                line.MarkerSize = 8;
                line.LegendText = name;
            }
        }
    }
}
