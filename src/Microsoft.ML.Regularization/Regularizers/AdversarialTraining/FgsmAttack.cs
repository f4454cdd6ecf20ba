using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>Computes the attack of <see cref="FgsmTraining"/>.</summary>
internal sealed class FgsmAttack(IAttackedPasses passes, FgsmTraining options) : AdversarialAttack(passes, options)
{
    private readonly double _epsilon = options.Epsilon;

    public override bool TakesCleanGradient => true;

    public override Tensor Attack(TrainingBatch batch, Tensor? cleanGradient)
    {
        var gradient = cleanGradient ?? InputGradient(batch.Features, batch);
        using var _ = no_grad();
        return Admissible(batch.Features.Plus(gradient.sign().Times(_epsilon)), batch);
    }
}
