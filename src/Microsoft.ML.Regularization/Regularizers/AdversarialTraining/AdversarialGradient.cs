using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>Adds the gradient of attacked rows to that of the rows themselves: see <see cref="AdversarialTraining"/>.</summary>
/// <param name="clean">The gradient of the rows themselves.</param>
/// <param name="passes">Passes through the network.</param>
/// <param name="options">The attack, and how much attacked rows count.</param>
/// <param name="key">The key of random starts.</param>
/// <param name="mixesRows">Whether the gradient of the rows themselves mixes them.</param>
internal sealed class AdversarialGradient(ILossGradient clean, IAttackedPasses passes, AdversarialTraining options, RandomKey key, bool mixesRows)
    : ILossGradient
{
    private readonly AdversarialAttack _attack = AdversarialAttack.Create(options, passes, key);

    public double Add(TrainingBatch batch)
    {
        if (options.Weight == 1)
        {
            using (passes.FreezeStatistics())
                batch = batch with { Features = _attack.Attack(batch, cleanGradient: null) };
            return passes.AddGradient(batch, addsPenalty: true);
        }

        // The pass over the rows themselves gives the gradient at their features by the way, unless it mixes them.
        var isGradientAtHand = _attack.TakesCleanGradient && !mixesRows;
        var features = isGradientAtHand ? batch.Features.detach().requires_grad_() : batch.Features;
        var loss = clean.Add(batch with { Features = features, RowFactors = batch.RowFactors.Times(1 - options.Weight) });

        using var frozen = passes.FreezeStatistics();
        var attacked = _attack.Attack(batch, isGradientAtHand ? features.grad : null);
        return loss + passes.AddGradient(batch with { Features = attacked, RowFactors = batch.RowFactors.Times(options.Weight) }, addsPenalty: false);
    }
}
