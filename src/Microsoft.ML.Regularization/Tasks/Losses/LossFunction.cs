using System.Globalization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The loss of one row, which training makes small on average. Classification takes <see cref="CrossEntropy"/> or <see cref="Focal"/>; regression
/// takes <see cref="Squared"/>, <see cref="Absolute"/> or <see cref="Huber"/>.
/// </summary>
public abstract record LossFunction : ICounterpart
{
    private protected LossFunction()
    {
    }

    /// <summary>Classification by log-loss: the default of classifiers.</summary>
    public static LossFunction CrossEntropy { get; } = new CrossEntropyLoss();

    /// <summary>Regression to the mean: the default of regression.</summary>
    public static LossFunction Squared { get; } = new SquaredLoss();

    /// <summary>Regression to the median; outliers pull no more than others.</summary>
    public static LossFunction Absolute { get; } = new AbsoluteLoss();

    /// <summary>Classification that attends to the rows it gets wrong.</summary>
    /// <param name="gamma">At least 0 (the cross entropy); 2 is usual, more attends less to easy rows.</param>
    public static LossFunction Focal(double gamma = 2) => new FocalLoss(gamma);

    /// <summary>Regression to the mean for small errors, to the median for large ones.</summary>
    /// <param name="delta">Where an error becomes large, in standard deviations of the training targets; above 0. 1 is usual.</param>
    public static LossFunction Huber(double delta = 1) => new HuberLoss(delta);

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
