namespace Microsoft.ML.Regularization;

/// <summary>How <see cref="PgdTraining"/> measures the change of a row.</summary>
public enum AdversarialNorm
{
    /// <summary>By its largest change of a feature.</summary>
    LInfinity,

    /// <summary>By the Euclidean distance over all features.</summary>
    L2,
}
