using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// How a step of training follows from its gradient: the update rule alone. What regularizes stands in the recipe and means the same beside every rule:
/// <see cref="RegularizationRecipe.WeightDecay"/> is always decoupled, so <see cref="Adam"/> with it is AdamW and <see cref="Sgd"/> with it is SGDW;
/// <see cref="RegularizationRecipe.L2"/> always goes through the gradient, so Adam with it is Adam with coupled L2.
/// </summary>
public abstract record Optimizer
{
    private protected Optimizer()
    {
    }

    /// <summary>Numbers that it keeps beside each weight.</summary>
    internal abstract int StatesPerWeight { get; }

    /// <summary>The learning rate where the options do not say; null for that of the architecture, which is Adam's.</summary>
    internal virtual double? UsualLearningRate => null;

    internal abstract void Validate(IExceptionContext context);

    /// <summary>Stochastic gradient descent. It wants a greater learning rate than Adam: 0.01 to 0.1 is usual.</summary>
    /// <param name="momentum">How much of the last step goes into the next, at least 0 (nothing) and below 1; 0.9 is usual.</param>
    /// <param name="nesterov">Whether the gradient is taken as if a step ahead; needs momentum.</param>
    public static Optimizer Sgd(double momentum = 0, bool nesterov = false) => new SgdOptimizer { Momentum = momentum, Nesterov = nesterov };

    /// <summary>Adam; with the recipe's weight decay it is AdamW.</summary>
    /// <param name="beta1">How much of the gradient's mean stays in a step, at least 0 (the gradient itself) and below 1.</param>
    /// <param name="beta2">How much of the gradient's mean square stays in a step, at least 0 (the square itself) and below 1.</param>
    /// <param name="epsilon">What is added to the root of the mean square, from 1e-30 to 1.</param>
    public static Optimizer Adam(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) =>
        new AdamOptimizer { Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon };

    /// <summary>The same as <see cref="Adam"/>, under the name that it has with weight decay: the decay is the recipe's.</summary>
    /// <param name="beta1">How much of the gradient's mean stays in a step, at least 0 (the gradient itself) and below 1.</param>
    /// <param name="beta2">How much of the gradient's mean square stays in a step, at least 0 (the square itself) and below 1.</param>
    /// <param name="epsilon">What is added to the root of the mean square, from 1e-30 to 1.</param>
    public static Optimizer AdamW(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) => Adam(beta1, beta2, epsilon);

    /// <summary>RMSprop.</summary>
    /// <param name="rho">How much of the gradient's mean square stays in a step, at least 0 (the square itself) and below 1.</param>
    /// <param name="epsilon">What is added to the root of the mean square, from 1e-30 to 1.</param>
    /// <param name="momentum">How much of the last step goes into the next, at least 0 (nothing) and below 1.</param>
    public static Optimizer RmsProp(double rho = 0.99, double epsilon = 1e-8, double momentum = 0) =>
        new RmsPropOptimizer { Rho = rho, Epsilon = epsilon, Momentum = momentum };

    // Floats end at 1e-38; a weight without any gradient is divided by epsilon.
    private protected static void CheckEpsilon(IExceptionContext context, double epsilon) =>
        context.CheckBetween(epsilon, $"{nameof(Optimizer)}.Epsilon", 1e-30, 1);
}
