using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tests.Tasks.Losses;

/// <summary>The squared loss, times a factor.</summary>
public sealed record OwnSquaredLoss : ICustomLoss
{
    public float Factor { get; init; } = 0.5f;

    public bool IsOfClasses => false;

    public Tensor Compute(Tensor outputs, Tensor targets) => (outputs - targets).pow(2).sum(1) * Factor;
}

/// <summary>The cross entropy of several classes.</summary>
public sealed record OwnCrossEntropy : ICustomLoss
{
    public bool IsOfClasses => true;

    public Tensor Compute(Tensor outputs, Tensor targets) => -(outputs.log_softmax(1) * targets).sum(1);
}

/// <summary>The hinge of the logit of true, for hard labels.</summary>
public sealed record OwnHingeLoss : ICustomLoss
{
    public bool IsOfClasses => true;

    public bool TakesMixedTargets => false;

    public Tensor Compute(Tensor outputs, Tensor targets) => nn.functional.relu(1 - (2 * targets.narrow(1, 1, 1) - 1) * outputs).squeeze(1);
}

/// <summary>One number for the whole batch, which is no loss of rows.</summary>
public sealed record OwnMeanLoss : ICustomLoss
{
    public bool IsOfClasses => false;

    public Tensor Compute(Tensor outputs, Tensor targets) => (outputs - targets).pow(2).mean();
}
