using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>Changes the features of a batch so that its loss grows. See <see cref="AdversarialTraining"/>.</summary>
internal abstract class AdversarialAttack(IAttackedPasses passes, AdversarialTraining options)
{
    public static AdversarialAttack Create(AdversarialTraining options, IAttackedPasses passes, RandomKey key) => options switch
    {
        FgsmTraining fgsm => new FgsmAttack(passes, fgsm),
        PgdTraining pgd => new PgdAttack(passes, pgd, key),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options, message: null),
    };

    /// <summary>Whether the gradient of the rows' loss at the features themselves is all that it asks for.</summary>
    public virtual bool TakesCleanGradient => false;

    /// <summary>The attacked features, apart from every graph.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="cleanGradient">
    /// The gradient at their features, each row's times any positive number, where <see cref="TakesCleanGradient"/> and a pass before has it already.
    /// </param>
    public abstract Tensor Attack(TrainingBatch batch, Tensor? cleanGradient);

    /// <summary>
    /// The gradient at features of each row's own loss, whatever the row weighs; 0 at features that the row lacks. Parameters' gradients stay as they are.
    /// </summary>
    protected Tensor InputGradient(Tensor features, TrainingBatch batch)
    {
        var gradient = passes.InputGradient(features, batch);
        return batch.Given is null ? gradient : gradient * batch.Given;
    }

    /// <summary>The attacked features of a batch, within their range; a feature that a row lacks cannot be attacked, nor can its indicator.</summary>
    protected Tensor Admissible(Tensor features, TrainingBatch batch)
    {
        if (options.MinValue is { } minimum)
            features = features.AtLeast(minimum);
        if (options.MaxValue is { } maximum)
            features = features.AtMost(maximum);
        return batch.Given is { } given ? where(given, features, batch.Features) : features;
    }
}
