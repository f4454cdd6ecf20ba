namespace Microsoft.ML.Regularization;

/// <summary>See <see cref="AdversarialTraining"/>.</summary>
/// <param name="clean">The gradient of the rows themselves.</param>
/// <param name="network">The network.</param>
/// <param name="objective">The rows' loss.</param>
/// <param name="options">The attack, and how much attacked rows count.</param>
/// <param name="key">What random starts are drawn from.</param>
internal sealed class AdversarialGradient(LossGradient clean, Network network, Objective objective, AdversarialTraining options, RandomKey key)
    : LossGradient
{
    private readonly PlainGradient _attacked = new(network, objective, addsPenalty: options.Weight == 1);
    private readonly AdversarialAttack _attack = AdversarialAttack.Create(options, network, objective, key);

    public override double Add(TrainingBatch batch)
    {
        if (options.Weight == 1)
        {
            using (network.Statistics.Freeze())
                batch = batch with { Features = _attack.Attack(batch, cleanGradient: null) };
            return _attacked.Add(batch);
        }

        // The pass over the rows themselves gives the gradient at their features by the way, unless it mixes them.
        var isGradientAtHand = _attack.TakesCleanGradient && clean is PlainGradient;
        var features = isGradientAtHand ? batch.Features.detach().requires_grad_() : batch.Features;
        var loss = clean.Add(batch with { Features = features, RowFactors = batch.RowFactors.Times(1 - options.Weight) });

        using var frozen = network.Statistics.Freeze();
        var attacked = _attack.Attack(batch, isGradientAtHand ? features.grad : null);
        return loss + _attacked.Add(batch with { Features = attacked, RowFactors = batch.RowFactors.Times(options.Weight) });
    }
}
