namespace Microsoft.ML.Regularization;

/// <summary>Why training ended.</summary>
public enum StopReason
{
    /// <summary>All epochs were done.</summary>
    MaxEpochs,

    /// <summary>The validation metric had not improved for as many epochs as early stopping has patience.</summary>
    PatienceExhausted,

    /// <summary>
    /// The loss or the gradient was no longer finite; the model has the weights of the best epoch so far or, without validation rows, of the epoch before.
    /// Training that diverges in its first epoch is an error.
    /// </summary>
    Diverged,

    /// <summary>Training was cancelled; the model has the best weights so far.</summary>
    Cancelled,

    /// <summary>The time limit was reached; the model has the best weights so far.</summary>
    TimeLimit,

    /// <summary>The gradient norm had fallen to the convergence threshold; the model gets its weights as after a run to the last epoch.</summary>
    Converged,
}
