using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Forward and backward passes through a network: the plain gradient of a step, and the passes that techniques build their gradients from.</summary>
/// <param name="network">The network.</param>
/// <param name="objective">The rows' loss.</param>
/// <param name="recipe">May let each row go through the network twice; null for once.</param>
internal sealed class LossPasses(Network network, Objective objective, RegularizationRecipe? recipe = null) : ILossGradient, IMixedPasses, IAttackedPasses
{
    private readonly RDrop? _pairs = recipe?.RDrop;

    public ulong Step => network.Clock.Step;

    public double Add(TrainingBatch batch) => AddGradient(batch, addsPenalty: true);

    public double AddGradient(TrainingBatch batch, bool addsPenalty)
    {
        if (_pairs is not null)
            batch = RowPairs.Of(batch);
        return TryManaged(batch) ?? Backward(network.MemberOutputs(batch.Input), batch, addsPenalty);
    }

    public double AddGradient(TrainingBatch batch, HiddenMixing mixing)
    {
        if (_pairs is not null)
            (batch, mixing) = (RowPairs.Of(batch), RowPairs.Of(mixing));
        network.Mixing = mixing;
        var loss = TryManaged(batch);
        var outputs = loss is null ? network.MemberOutputs(batch.Input) : null;
        network.Mixing = null;
        return loss ?? Backward(outputs!, batch, addsPenalty: true);
    }

    public Tensor InputGradient(Tensor features, TrainingBatch batch)
    {
        // Gradients of weights are switched off: they are not needed here and would be added to those of the step.
        using var frozen = new FrozenWeights(network);
        var input = features.detach().requires_grad_();
        var loss = Loss(network.MemberOutputs(new NetworkInput(input, null)), batch.Targets, ones_like(batch.RowFactors));
        return autograd.grad([loss], [input])[0];
    }

    public IDisposable FreezeStatistics() => network.Statistics.Freeze();

    // Losses of pairs are no sum over rows.
    private double? TryManaged(TrainingBatch batch) => _pairs is null ? ManagedPasses.TryAddGradient(network, objective, batch) : null;

    // The mean of the members' losses: each row counts once for each of them.
    private Tensor Loss(Tensor outputs, Tensor targets, Tensor rowFactors) => network.Members == 1
        ? objective.Sum(outputs, targets, rowFactors)
        : objective.Sum(outputs, targets.repeat_interleave(network.Members, 0), rowFactors.repeat_interleave(network.Members, 0).Over(network.Members));

    private Tensor Divergence(Tensor outputs, Tensor rowFactors) => RowPairs.Divergence(
        ClassProbabilities.Logarithms(outputs), network.Members == 1 ? rowFactors : rowFactors.repeat_interleave(network.Members, 0).Over(network.Members));

    private double Backward(Tensor outputs, TrainingBatch batch, bool addsPenalty)
    {
        var loss = Loss(outputs, batch.Targets, batch.RowFactors);
        if (_pairs is not null)
            loss = loss.Plus(Divergence(outputs, batch.RowFactors).Times(_pairs.Weight));
        var penalty = addsPenalty ? network.Penalty() : null;
        (penalty is null ? loss : loss.Plus(penalty)).backward();
        return loss.item<float>();
    }
}
