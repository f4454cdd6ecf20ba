using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Stochastic gradient descent: <c>w = w - lr * m</c> with <c>m = Momentum * m + g</c>, or with <see cref="Nesterov"/>
/// <c>w = w - lr * (g + Momentum * m)</c> (Polyak, 1964; Nesterov, 1983; in the form of Sutskever, Martens, Dahl and Hinton, 2013, as PyTorch has it).
/// With weight decay it is SGDW (Loshchilov and Hutter, 2019, algorithm 1).
/// </summary>
/// <remarks>
/// With momentum, a steady gradient moves the weights <c>1 / (1 - Momentum)</c> times as far. This also scales the L2 and L1 penalties, but not weight decay,
/// which does not go through the gradient. Without momentum, weight decay and L2 are the same; with momentum, a weight decay is as strong as an L2 of
/// <c>(1 - Momentum)</c> times its value.
/// </remarks>
[UnionCase("sgd")]
public sealed record SgdOptimizer : Optimizer
{
    /// <summary>
    /// Momentum: the share of the last step that is carried over into the next, at least 0 (none) and below 1 (it never slows down). Default: 0.
    /// </summary>
    public double Momentum { get; init; }

    /// <summary>
    /// Whether to use Nesterov momentum, which acts as if the gradient were taken one momentum step ahead; needs <see cref="Momentum"/> above 0.
    /// Default: false.
    /// </summary>
    public bool Nesterov { get; init; }

    internal override int StatesPerWeight => Momentum > 0 ? 1 : 0;

    internal override double? UsualLearningRate => 0.03;

    internal override void Validate(IExceptionContext context)
    {
        context.CheckFromZeroToBelowOne(Momentum, $"{nameof(Optimizer)}.{nameof(Momentum)}");
        if (Nesterov && Momentum == 0)
        {
            throw context.ExceptUserArg(
                nameof(Nesterov), "Optimizer.Nesterov is true, but Optimizer.Momentum is 0, so there is no step to look ahead: give a momentum, such as 0.9.");
        }
    }

    internal override ParameterUpdate CreateUpdate(FlatParameters parameters, WeightShrinkage shrinkage) => new SgdUpdate(this, parameters, shrinkage);

    /// <inheritdoc/>
    public override string ToString() =>
        Momentum == 0 ? "SGD" : string.Create(CultureInfo.InvariantCulture, $"SGD, {(Nesterov ? "Nesterov " : "")}momentum {Momentum}");
}
