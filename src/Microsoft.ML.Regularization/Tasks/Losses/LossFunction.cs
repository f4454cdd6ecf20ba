using System.Globalization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The loss of one row, which training makes small on average. Classification takes <see cref="CrossEntropyLoss"/> or <see cref="FocalLoss"/>; regression
/// takes <see cref="SquaredLoss"/>, <see cref="AbsoluteLoss"/> or <see cref="HuberLoss"/>.
/// </summary>
[Union("kind")]
public abstract record LossFunction : ICounterpart
{
    private protected LossFunction()
    {
    }

    /// <summary>Whether it is a loss of classes, rather than of numbers.</summary>
    internal abstract bool IsOfClasses { get; }

    /// <summary>What it has of that which techniques need of a loss.</summary>
    internal virtual Capabilities Offers => Capabilities.MixedTargets;

    Capabilities ICounterpart.Answers => Capabilities.MixedTargets | Capabilities.EntropyTerm;

    Capabilities ICounterpart.Offers => Offers;

    string ICounterpart.Refusal(Demand demand, Capabilities missing) => string.Create(
        CultureInfo.InvariantCulture,
        $"{demand.Option} is {demand.Value} and Loss is {this}, which is defined for hard labels and has no such term: leave one of them out.");

    internal virtual void Validate(IExceptionContext context)
    {
    }
}
