using System.Globalization;

namespace Microsoft.ML.Regularization.Benchmarks.Sparse;

/// <summary>What one process measured.</summary>
/// <param name="Slots">Numbers of a row's features.</param>
/// <param name="Seconds">Fitting all of the pipeline.</param>
/// <param name="Epochs">Epochs that the network was trained for; 0 for other trainers.</param>
/// <param name="EpochSeconds">The median of the epochs.</param>
/// <param name="PeakMegabytes">The most memory that the process held.</param>
/// <param name="ScoringSeconds">Scoring as many rows as were trained on.</param>
/// <param name="Accuracy">On these rows, which are others.</param>
/// <param name="LogLoss">The same, in bits.</param>
internal sealed record SparseMeasurement(
    int Slots, double Seconds, int Epochs, double EpochSeconds, double PeakMegabytes, double ScoringSeconds, double Accuracy, double LogLoss)
{
    public const string Header =
        "| trainer | slots | fit, s | epochs | an epoch, s | scoring, s | peak, MB | accuracy | log-loss |\n|---|---|---|---|---|---|---|---|---|";

    public string ToRow(string name) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {Slots} | {Seconds:0.0} | {Epochs} | {EpochSeconds:0.00} | {ScoringSeconds:0.0} | {PeakMegabytes:0} | {Accuracy:0.000} | {LogLoss:0.000} |");
}
