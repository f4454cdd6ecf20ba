namespace Microsoft.ML.Regularization;

/// <summary>What a run learned of its rows before the first step.</summary>
internal sealed record LearnedScales
{
    /// <summary>What stands for missing numbers; null for an input that has none.</summary>
    public Imputation? Imputation { get; init; }

    /// <summary>How the numbers, indicators among them, come to a common scale; null for not at all.</summary>
    public InputScaler? Input { get; init; }

    /// <summary>The units of a regression's target; null for classes.</summary>
    public TargetScale? Target { get; init; }
}
