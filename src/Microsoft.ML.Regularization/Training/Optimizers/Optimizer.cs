using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// How a step of training follows from its gradient: the update rule alone. What regularizes stands in the recipe and means the same beside every rule:
/// <see cref="RegularizationRecipe.WeightDecay"/> is always decoupled, so <see cref="AdamOptimizer"/> with it is AdamW and <see cref="SgdOptimizer"/> with it is SGDW;
/// <see cref="RegularizationRecipe.L2"/> always goes through the gradient, so Adam with it is Adam with coupled L2.
/// Records outside of the library cannot derive from it.
/// </summary>
[Union("kind")]
public abstract record Optimizer
{
    private protected Optimizer()
    {
    }

    /// <summary>Numbers that it keeps beside each weight.</summary>
    internal abstract int StatesPerWeight { get; }

    /// <summary>The learning rate where the options do not say; null for that of the architecture, which is Adam's.</summary>
    internal virtual double? UsualLearningRate => null;

    /// <summary>Whether a weight without gradient can take several steps at once.</summary>
    internal virtual bool CanMissSteps => true;

    internal abstract void Validate(IExceptionContext context);

    /// <summary>The rule at work in a run.</summary>
    /// <param name="parameters">What is updated.</param>
    /// <param name="shrinkage">What draws weights to 0 beside the gradient.</param>
    internal abstract ParameterUpdate CreateUpdate(FlatParameters parameters, WeightShrinkage shrinkage);

    // Floats end at 1e-38; a weight without any gradient is divided by epsilon.
    private protected static void CheckEpsilon(IExceptionContext context, double epsilon) =>
        context.CheckBetween(epsilon, $"{nameof(Optimizer)}.Epsilon", 1e-30, 1);
}
