namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>What a technique is used with, and may ask something of: an architecture, a task, a loss.</summary>
internal interface ICounterpart
{
    /// <summary>What can be asked of things of this kind; all else is for others to say.</summary>
    Capabilities Answers { get; }

    /// <summary>What this one has of <see cref="Answers"/>.</summary>
    Capabilities Offers { get; }

    /// <summary>The message that names both sides, where something is missing.</summary>
    /// <param name="demand">Who needs it.</param>
    /// <param name="missing">What is not offered.</param>
    string Refusal(Demand demand, Capabilities missing);
}
