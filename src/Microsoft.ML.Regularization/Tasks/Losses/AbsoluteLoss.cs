namespace Microsoft.ML.Regularization;

/// <summary>The absolute error <c>|z - y|</c>, in units of the training targets' standard deviation.</summary>
[UnionCase("absolute")]
public sealed record AbsoluteLoss : LossFunction
{
    internal override bool IsOfClasses => false;

    /// <inheritdoc/>
    public override string ToString() => "absolute loss";
}
