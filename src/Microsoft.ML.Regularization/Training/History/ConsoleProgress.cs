using System.Globalization;

namespace Microsoft.ML.Regularization;

/// <summary>
/// A progress bar of training for console programs: one line that is redrawn after every epoch, and a second one while the model is retrained on all rows. If
/// output is redirected to a file or a log, it writes a plain line for every tenth of the epochs instead.
/// </summary>
/// <remarks>
/// The line ends with a line break, so that the program's next output appears below it. One instance may serve several fits, one after another.
/// </remarks>
/// <example><code>
/// new NeuralNetworkOptions { Progress = new ConsoleProgress() }
/// // [########------------] epoch 41 of 100: training loss 0.2124, validation loss 0.2312, accuracy 93.1%
/// </code></example>
public sealed class ConsoleProgress : IProgress<EpochReport>
{
    private const int BarWidth = 20;

    /// <summary>Moves to the start of the line above and clears it: understood by terminals of every system that runs .NET 10.</summary>
    private const string LineAbove = "\e[1A\e[2K";

    private readonly Lock _lock = new();
    private readonly TextWriter? _writer;
    private readonly bool _redraws;
    private EpochReport? _last;

    /// <summary>Writes to the console's standard output.</summary>
    public ConsoleProgress()
        : this(writer: null, redraws: !Console.IsOutputRedirected)
    {
    }

    internal ConsoleProgress(TextWriter? writer, bool redraws) => (_writer, _redraws) = (writer, redraws);

    /// <summary>Draws the bar.</summary>
    /// <param name="value">The epoch that is complete.</param>
    public void Report(EpochReport value)
    {
        ArgumentNullException.ThrowIfNull(value);
        lock (_lock)
        {
            // Read each time, since a program may redirect its console.
            var writer = _writer ?? Console.Out;
            if (_redraws)
                writer.WriteLine((Continues(value) ? LineAbove : "") + Bar(value) + " " + value);
            else if (IsTenth(value))
                writer.WriteLine(value);
            _last = value;
        }
    }

    private bool Continues(EpochReport value) => _last is { } last && (last.IsStudent, last.IsRetraining) == (value.IsStudent, value.IsRetraining) && value.Epoch == last.Epoch + 1;

    private static bool IsTenth(EpochReport value) => 10L * value.Epoch / value.TotalEpochs > 10L * (value.Epoch - 1) / value.TotalEpochs;

    private static string Bar(EpochReport value)
    {
        var done = (int)((long)BarWidth * value.Epoch / value.TotalEpochs);
        return string.Create(CultureInfo.InvariantCulture, $"[{new string('#', done)}{new string('-', BarWidth - done)}]");
    }
}
