using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Adam: <c>w = w - lr * m / (sqrt(v) + Epsilon)</c> with the running means m of the gradient and v of its square, both corrected for their start at 0
/// (Kingma and Ba, 2015, algorithm 1). With weight decay it is AdamW (Loshchilov and Hutter, "Decoupled weight decay regularization", 2019, algorithm 2).
/// </summary>
[UnionCase("adam")]
public sealed record AdamOptimizer : Optimizer
{
    /// <summary>Decay rate of the running mean of the gradient, at least 0 (the gradient itself) and below 1 (it never moves). Default: 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>
    /// Decay rate of the running mean of the squared gradient, at least 0 (the square itself) and below 1 (it never moves). Default: 0.999.
    /// </summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>
    /// Constant added to the root of the mean square, from 1e-30 (all weights take steps of the same size, however small their gradient) to 1 (steps are
    /// nearly those of momentum). Default: 1E-08.
    /// </summary>
    public double Epsilon { get; init; } = 1e-8;

    internal override int StatesPerWeight => 2;

    internal override bool CanMissSteps => AdamUpdate.MomentumFades(this);

    internal override void Validate(IExceptionContext context)
    {
        context.CheckFromZeroToBelowOne(Beta1, $"{nameof(Optimizer)}.{nameof(Beta1)}");
        context.CheckFromZeroToBelowOne(Beta2, $"{nameof(Optimizer)}.{nameof(Beta2)}");
        CheckEpsilon(context, Epsilon);
    }

    internal override ParameterUpdate CreateUpdate(FlatParameters parameters, WeightShrinkage shrinkage) => new AdamUpdate(this, parameters, shrinkage);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Adam, betas {Beta1} and {Beta2}, epsilon {Epsilon}");
}
