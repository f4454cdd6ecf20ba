using System.Globalization;
using Microsoft.ML.Regularization;
using Spectre.Console;

namespace QuickStart;

/// <summary>
/// Shows runs while they train: a bar for each variant that the epochs move on, or a plain line for each finished run where nobody watches a
/// terminal (output redirected, or the variable CI set to true).
/// </summary>
internal sealed class LiveProgress(IAnsiConsole console, int seedCount, int maxEpochs)
{
    private readonly Dictionary<Variant, ProgressTask> _bars = [];

    public static IAnsiConsole CreateConsole()
    {
        var isPlain = Console.IsOutputRedirected || string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);
        return AnsiConsole.Create(isPlain
            ? new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No }
            : new AnsiConsoleSettings());
    }

    /// <summary>Does the work while the bars are on the screen.</summary>
    public void Show(IEnumerable<Variant> variants, Action work)
    {
        if (!console.Profile.Capabilities.Interactive)
        {
            work();
            return;
        }

        console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 16 }, new PercentageColumn())
            .Start(context =>
            {
                foreach (var variant in variants)
                    _bars[variant] = context.AddTask(variant.Name, autoStart: false, maxValue: seedCount * maxEpochs);
                work();
            });
    }

    /// <summary>What a trainer reports its epochs to.</summary>
    public IProgress<EpochReport> Of(Variant variant, int run) => new Epochs(this, variant, run);

    /// <summary>Tells that a run is over.</summary>
    public void Complete(Variant variant, int run, Measures measures)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{variant.Name,-18}  seed {run + 1}/{seedCount}  test error {measures.Error:0.0%}");
        if (!_bars.TryGetValue(variant, out var bar))
        {
            console.WriteLine(line);
            return;
        }

        bar.Description = Markup.Escape(line);
        bar.Value = (run + 1) * maxEpochs;
        if (run + 1 == seedCount)
            bar.StopTask();
    }

    private void Report(Variant variant, int run, EpochReport report)
    {
        if (!_bars.TryGetValue(variant, out var bar))
            return;
        if (!bar.IsStarted)
            bar.StartTask();
        bar.Value = (run * maxEpochs) + report.Epoch;
        bar.Description = Markup.Escape(string.Create(
            CultureInfo.InvariantCulture,
            $"{variant.Name,-18}  seed {run + 1}/{seedCount}  epoch {report.Epoch,3}  loss {report.TrainingLoss:0.000}"));
    }

    /// <summary><see cref="Progress{T}"/> would report from the thread pool, late and out of order.</summary>
    private sealed class Epochs(LiveProgress progress, Variant variant, int run) : IProgress<EpochReport>
    {
        public void Report(EpochReport value) => progress.Report(variant, run, value);
    }
}
