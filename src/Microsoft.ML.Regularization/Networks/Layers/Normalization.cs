namespace Microsoft.ML.Regularization;

/// <summary>What normalizes the outputs of a hidden layer before its activation.</summary>
public enum Normalization
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Each unit over the rows of a batch; running averages at scoring (Ioffe and Szegedy, 2015).</summary>
    Batch,

    /// <summary>Each row over its units, alike in training and scoring (Ba, Kiros and Hinton, 2016).</summary>
    Layer,
}
