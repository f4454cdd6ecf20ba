using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Half the squared error up to <see cref="Delta"/>, and <c>Delta (|z - y| - Delta / 2)</c> beyond it (Huber, "Robust estimation of a location parameter",
/// 1964), in units of the training targets' standard deviation.
/// </summary>
/// <param name="Delta">Above 0 (for small values, Delta times the absolute error); 1 is usual, and a large value gives the squared loss.</param>
[UnionCase("huber")]
public sealed record HuberLoss(double Delta = 1) : LossFunction
{
    internal override void Validate(IExceptionContext context) => context.CheckAbove(Delta, $"{nameof(HuberLoss)}.{nameof(Delta)}", 0);

    internal override Objective CreateObjective(RegularizationRecipe recipe) => new HuberObjective(Delta);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Huber loss {Delta}");
}
