namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>An architecture, task or loss that a regularization technique is used with and may require capabilities of.</summary>
internal interface ICounterpart
{
    /// <summary>The capabilities that counterparts of this kind answer for; others answer for the rest.</summary>
    Capabilities Answers { get; }

    /// <summary>The capabilities among <see cref="Answers"/> that this one offers.</summary>
    Capabilities Offers { get; }

    /// <summary>The message that names both sides, where something is missing.</summary>
    /// <param name="demand">Who needs it.</param>
    /// <param name="missing">What is not offered.</param>
    string Refusal(Demand demand, Capabilities missing);
}
