namespace Microsoft.ML.Regularization;

/// <summary>What a technique may need of the architecture, the task and the loss it is used with.</summary>
[Flags]
internal enum Capabilities
{
    None = 0,

    /// <summary>Labels are of classes, and predictions are their probabilities.</summary>
    Classes = 1 << 0,

    /// <summary>The loss is defined for targets between those of rows, as mixing and smoothing make them.</summary>
    MixedTargets = 1 << 1,

    /// <summary>The loss has a term for the entropy of predictions.</summary>
    EntropyTerm = 1 << 2,
}
