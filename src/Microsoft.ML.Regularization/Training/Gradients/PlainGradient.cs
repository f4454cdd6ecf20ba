namespace Microsoft.ML.Regularization;

/// <summary>One forward and one backward pass. The network's penalty has its part of the gradient, but is left out of the loss that is returned.</summary>
internal sealed class PlainGradient(Network network, Objective objective) : LossGradient
{
    public override double Add(TrainingBatch batch)
    {
        var loss = objective.Sum(network.forward(batch.Features), batch.Targets, batch.RowFactors);
        (network.Penalty() is { } penalty ? loss + penalty : loss).backward();
        return loss.item<float>();
    }
}
