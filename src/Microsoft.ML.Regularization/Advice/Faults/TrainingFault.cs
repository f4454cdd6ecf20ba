namespace Microsoft.ML.Regularization;

/// <summary>What may be wrong with a model or its rows: see <see cref="TrainingDiagnosis"/>.</summary>
public enum TrainingFault
{
    /// <summary>Rows to validate on stand among those trained on.</summary>
    SharedRows,

    /// <summary>A column gives the label away.</summary>
    LeakingColumn,

    /// <summary>A column that the model reads has one value in all rows.</summary>
    ConstantColumn,

    /// <summary>A column has values in the training rows that it has in no validation row, or the other way round.</summary>
    ShiftedColumn,

    /// <summary>Nothing that was tried predicts better than the shares of the classes, or than the mean.</summary>
    NoSignal,

    /// <summary>Training diverged, or its rate is too high.</summary>
    RateTooHigh,

    /// <summary>The rate is too low: the weights hardly moved.</summary>
    RateTooLow,

    /// <summary>Training ended while the loss was falling.</summary>
    TooShort,

    /// <summary>The network is too small for what there is to learn.</summary>
    TooSmall,

    /// <summary>There is so much regularization that the network does not learn.</summary>
    TooHeavy,

    /// <summary>Hidden units are 0 in all rows.</summary>
    DeadUnits,

    /// <summary>The network learns too little, for none of the causes above.</summary>
    Underfitting,

    /// <summary>The network has learned the training rows by heart, and is worse on others.</summary>
    Overfitting,

    /// <summary>Many labels are likely to be wrong.</summary>
    NoisyLabels,

    /// <summary>Probabilities are too sure, or not sure enough.</summary>
    Miscalibrated,
}
