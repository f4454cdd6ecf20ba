namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>Capabilities that a technique may need of the architecture, the task and the loss it is used with.</summary>
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

    /// <summary>Layers made by the recipe, in or after which its noise can be applied.</summary>
    NoisyLayers = 1 << 3,

    /// <summary>Hidden weights that one mask can lie on for all rows of a batch.</summary>
    MaskedWeights = 1 << 4,

    /// <summary>Linear layers alone, each used once for a row: rows can have weights of their own, and a layer's sums are independent.</summary>
    LinearLayers = 1 << 5,

    /// <summary>Hidden layers with features at many places.</summary>
    Maps = 1 << 6,

    /// <summary>Blocks that add to a stream and can be skipped.</summary>
    ResidualBlocks = 1 << 7,

    /// <summary>SELU in all hidden layers.</summary>
    SeluActivation = 1 << 8,

    /// <summary>Inputs that are numbers, which can be moved a little.</summary>
    MovableInputs = 1 << 9,

    /// <summary>States on the way through the network whose rows can be mixed.</summary>
    MixableStates = 1 << 10,

    /// <summary>All that architectures answer for.</summary>
    OfArchitectures = NoisyLayers | MaskedWeights | LinearLayers | Maps | ResidualBlocks | SeluActivation | MovableInputs | MixableStates,
}
