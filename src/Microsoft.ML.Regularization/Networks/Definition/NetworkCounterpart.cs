using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>An architecture as seen by the checks of what regularization techniques need.</summary>
/// <param name="architecture">The architecture in words.</param>
/// <param name="offers">The capabilities that it offers to regularization techniques.</param>
/// <param name="lack">Says in half a sentence what is missing, such as <c>which has no residual blocks</c>.</param>
internal sealed class NetworkCounterpart(string architecture, Capabilities offers, Func<Capabilities, string> lack) : ICounterpart
{
    public Capabilities Answers => Capabilities.OfArchitectures;

    public Capabilities Offers => offers;

    public string Refusal(Demand demand, Capabilities missing) =>
        $"{demand.Option} is {demand.Value}, which {demand.Because}, but Architecture is {architecture}, {lack(missing)}: {demand.Remedy}.";
}
