namespace Microsoft.ML.Regularization;

/// <summary>How the outputs of a hidden layer are normalized before its activation.</summary>
public enum Normalization
{
    /// <summary>No normalization.</summary>
    None,

    /// <summary>Batch normalization: each unit over the rows of a batch, with running averages at scoring (Ioffe and Szegedy, 2015).</summary>
    Batch,

    /// <summary>Layer normalization: each row over its units, alike in training and scoring (Ba, Kiros and Hinton, 2016).</summary>
    Layer,
}
