namespace Microsoft.ML.Regularization;

/// <summary>One forward and one backward pass.</summary>
/// <param name="network">The network.</param>
/// <param name="objective">The rows' loss.</param>
/// <param name="addsPenalty">Whether the network's penalty is a part of this gradient; of several passes of a step it is to be one of one.</param>
internal sealed class PlainGradient(Network network, Objective objective, bool addsPenalty = true) : LossGradient
{
    public override double Add(TrainingBatch batch)
    {
        var loss = objective.Sum(network.Outputs(batch.Input), batch.Targets, batch.RowFactors);
        Backward(loss, addsPenalty ? network.Penalty() : null);
        return loss.item<float>();
    }

    public static void Backward(Tensor loss, Tensor? penalty) => (penalty is null ? loss : loss.Plus(penalty)).backward();
}
