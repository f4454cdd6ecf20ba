using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// RMSprop: <c>w = w - lr * m</c> with <c>m = Momentum * m + g / (sqrt(v) + Epsilon)</c> and the running mean v of the gradient's square, which is not
/// corrected for its start at 0, so that the first steps are <c>1 / sqrt(1 - Rho)</c> times the learning rate (Tieleman and Hinton, lecture 6.5 of
/// "Neural networks for machine learning", 2012; as PyTorch has it).
/// </summary>
[UnionCase("rmsProp")]
public sealed record RmsPropOptimizer : Optimizer
{
    /// <summary>Decay rate of the running mean of the squared gradient, at least 0 (the square itself) and below 1 (it never moves). Default: 0.99.</summary>
    public double Rho { get; init; } = 0.99;

    /// <summary>
    /// Constant added to the root of the mean square, from 1e-30 (all weights take steps of the same size, however small their gradient) to 1 (steps are
    /// nearly those of plain gradient descent). Default: 1E-08.
    /// </summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>
    /// Momentum: the share of the last step that is carried over into the next, at least 0 (none) and below 1 (it never slows down). Default: 0.
    /// </summary>
    public double Momentum { get; init; }

    internal override int StatesPerWeight => Momentum > 0 ? 2 : 1;

    internal override double? UsualLearningRate => 1e-3;

    internal override void Validate(IExceptionContext context)
    {
        context.CheckFromZeroToBelowOne(Rho, $"{nameof(Optimizer)}.{nameof(Rho)}");
        CheckEpsilon(context, Epsilon);
        context.CheckFromZeroToBelowOne(Momentum, $"{nameof(Optimizer)}.{nameof(Momentum)}");
    }

    internal override ParameterUpdate CreateUpdate(FlatParameters parameters, WeightShrinkage shrinkage) => new RmsPropUpdate(this, parameters, shrinkage);

    /// <inheritdoc/>
    public override string ToString()
    {
        var momentum = Momentum == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", momentum {Momentum}");
        return string.Create(CultureInfo.InvariantCulture, $"RMSprop, rho {Rho}, epsilon {Epsilon}{momentum}");
    }
}
