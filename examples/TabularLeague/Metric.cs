namespace TabularLeague;

/// <summary>A figure of a run.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Format">How a value is written.</param>
/// <param name="Of">The figure; null where the run has none.</param>
/// <param name="IsBetterHigh">Whether more is better.</param>
internal sealed record Metric(string Name, string Format, Func<Run, double?> Of, bool IsBetterHigh = false)
{
    public static Metric Error { get; } = new("error, %", "0.00", run => 100 * run.Error);

    public static Metric LogLoss { get; } = new("log-loss", "0.0000", run => run.LogLoss);

    public static Metric AreaUnderRoc { get; } = new("AUC", "0.0000", run => run.Auc, IsBetterHigh: true);

    public static Metric RootMeanSquaredError { get; } = new("RMSE", "0.0000", run => run.Rmse);

    /// <summary>Of all processors together, which other programs disturb less than those of the clock.</summary>
    public static Metric Seconds { get; } = new("processor seconds", "0.0", run => run.ProcessorSeconds);

    public static IReadOnlyList<Metric> OfQuality { get; } = [Error, LogLoss, AreaUnderRoc, RootMeanSquaredError];

    /// <summary>Those of a kind of prediction.</summary>
    public bool Measures(Prediction predicted) => predicted switch
    {
        Prediction.Number => this == RootMeanSquaredError || this == Seconds,
        Prediction.Class => this != RootMeanSquaredError && this != AreaUnderRoc,
        _ => this != RootMeanSquaredError,
    };

    /// <summary>A number that is smaller where the value is better.</summary>
    public double Cost(double value) => IsBetterHigh ? -value : value;
}
