namespace Microsoft.ML.Regularization;

/// <summary>How the states of a recurrent network at all steps become the one that its outputs are computed from. Padding of texts is left out.</summary>
public enum SequencePooling
{
    /// <summary>The state when all has been read; of a layer that reads backwards, that at the first step.</summary>
    Last,

    /// <summary>The mean over all steps.</summary>
    Mean,

    /// <summary>Of each unit the largest over all steps.</summary>
    Max,
}
