using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The loss of one row, whose mean training minimizes. Classification takes <see cref="CrossEntropyLoss"/> or <see cref="FocalLoss"/>; regression takes
/// <see cref="SquaredLoss"/>, <see cref="AbsoluteLoss"/> or <see cref="HuberLoss"/>; either takes a <see cref="CustomLoss"/> made for it.
/// Records outside of the library cannot derive from it.
/// </summary>
[Union("kind")]
public abstract record LossFunction : ICounterpart
{
    /// <summary>The name of the trainers' option in messages.</summary>
    internal const string Option = "Loss";

    private protected LossFunction()
    {
    }

    /// <summary>The name in messages, as in <see cref="LossFunctions"/>.</summary>
    internal string Name => GetType().Name.Replace("Loss", "", StringComparison.Ordinal);

    /// <summary>The capabilities that it offers to regularization techniques.</summary>
    internal virtual Capabilities Offers => Capabilities.MixedTargets;

    /// <summary>Whether it is a loss of a task that does not list it.</summary>
    /// <param name="task">The task's own losses.</param>
    internal virtual bool IsFor(Capabilities task) => false;

    Capabilities ICounterpart.Answers => Capabilities.MixedTargets | Capabilities.EntropyTerm;

    Capabilities ICounterpart.Offers => Offers;

    string ICounterpart.Refusal(Demand demand, Capabilities missing) => string.Create(
        CultureInfo.InvariantCulture,
        $"{demand.Option} is {demand.Value} and {Option} is {this}, which is defined for hard labels and has no such term: leave one of them out.");

    /// <summary>The loss as a run computes it.</summary>
    /// <param name="recipe">Adds terms of its own.</param>
    internal abstract Objective CreateObjective(RegularizationRecipe recipe);

    internal virtual void Validate(IExceptionContext context)
    {
    }
}
