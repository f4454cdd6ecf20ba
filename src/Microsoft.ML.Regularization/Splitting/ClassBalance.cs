namespace Microsoft.ML.Regularization;

/// <summary>How the rows of a class are weighted by their number.</summary>
public enum ClassBalance
{
    /// <summary>
    /// Every class has the same mass: <c>n / (K n_k)</c> for n_k of n rows and K classes that occur (King and Zeng, "Logistic regression in rare
    /// events data", 2001).
    /// </summary>
    Balanced,

    /// <summary>
    /// Every class has a mass by its effective number of rows, which grows ever slower with their number: weights <c>(1 - beta) / (1 - beta^n_k)</c>,
    /// scaled to a mean of 1 over the rows (Cui, Jia, Lin, Song and Belongie, "Class-balanced loss based on effective number of samples", 2019).
    /// </summary>
    EffectiveNumber,
}
