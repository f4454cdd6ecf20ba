namespace Microsoft.ML.Regularization;

/// <summary>
/// How the states of a recurrent network at all steps are reduced to the one that its outputs are computed from. Padding of texts is left out.
/// </summary>
public enum SequencePooling
{
    /// <summary>The state after the last step; for a layer that reads backwards, the state at the first step.</summary>
    Last,

    /// <summary>The mean over all steps.</summary>
    Mean,

    /// <summary>The maximum of each unit over all steps.</summary>
    Max,
}
