namespace Microsoft.ML.Regularization;

/// <summary>Why training ended.</summary>
public enum StopReason
{
    /// <summary>All epochs were done.</summary>
    MaxEpochs,

    /// <summary>The validation metric had not improved for as many epochs as early stopping has patience.</summary>
    PatienceExhausted,

    /// <summary>
    /// The loss or the gradient was no longer finite; the model has the weights of the best epoch before, or of the one before where there are no
    /// validation rows. Training that diverges in its first epoch is an error.
    /// </summary>
    Diverged,

    /// <summary>Training was cancelled; the model has the best weights so far.</summary>
    Cancelled,

    /// <summary>The time limit was reached; the model has the best weights so far.</summary>
    TimeLimit,

    /// <summary>The gradient had become so small that nothing was left to learn; the model has the weights that a run to the last epoch has.</summary>
    Converged,
}
