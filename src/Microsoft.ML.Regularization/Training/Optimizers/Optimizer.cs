using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The update rule of training: how a step is computed from its gradient. Regularization is set in the recipe and means the same with every rule:
/// <see cref="RegularizationRecipe.WeightDecay"/> is always decoupled, so <see cref="AdamOptimizer"/> with it is AdamW and <see cref="SgdOptimizer"/> with it
/// is SGDW; <see cref="RegularizationRecipe.L2"/> always goes through the gradient, so Adam with it is Adam with coupled L2.
/// Records outside of the library cannot derive from it.
/// </summary>
[Union("kind")]
public abstract record Optimizer
{
    private protected Optimizer()
    {
    }

    /// <summary>Number of state values that it keeps for each weight.</summary>
    internal abstract int StatesPerWeight { get; }

    /// <summary>The default learning rate; null for that of the architecture, which is meant for Adam.</summary>
    internal virtual double? UsualLearningRate => null;

    /// <summary>Whether a weight without gradient can take several steps at once.</summary>
    internal virtual bool CanMissSteps => true;

    internal abstract void Validate(IExceptionContext context);

    /// <summary>Creates the update rule for the parameters of a run.</summary>
    /// <param name="parameters">The parameters to update.</param>
    /// <param name="shrinkage">Weight decay and the proximal penalty, which shrink weights separately from the gradient.</param>
    internal abstract ParameterUpdate CreateUpdate(FlatParameters parameters, WeightShrinkage shrinkage);

    // Floats end at 1e-38; a weight without any gradient is divided by epsilon.
    private protected static void CheckEpsilon(IExceptionContext context, double epsilon) =>
        context.CheckBetween(epsilon, $"{nameof(Optimizer)}.Epsilon", 1e-30, 1);
}
