namespace Microsoft.ML.Regularization;

/// <summary>One forward and one backward pass.</summary>
internal sealed class PlainGradient(Network network, Objective objective) : LossGradient
{
    public override double Add(TrainingBatch batch)
    {
        var loss = objective.Sum(network.forward(batch.Features), batch.Targets, batch.RowFactors);
        loss.backward();
        return loss.item<float>();
    }
}
