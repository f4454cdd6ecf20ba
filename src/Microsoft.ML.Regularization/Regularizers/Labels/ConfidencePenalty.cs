using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Entropy regularization: the loss minus <c>Weight * H(p)</c>, the entropy in nats of the predicted probabilities, so that overconfident predictions are
/// penalized (Pereyra, Tucker, Chorowski, Kaiser and Hinton, "Regularizing neural networks by penalizing confident output distributions", 2017). A number
/// converts to it: <c>ConfidencePenalty = 0.1</c>.
/// </summary>
/// <param name="Weight">At least 0 (none); 0.1 is usual, large values push predictions towards equal probabilities.</param>
public sealed record ConfidencePenalty(double Weight)
{
    /// <summary>
    /// The entropy in nats above which a prediction is not penalized: the loss plus <c>Weight * max(0, EntropyThreshold - H(p))</c>. At least 0 (no
    /// prediction is penalized); the entropy of K classes is at most log K. Default: none, every prediction is penalized.
    /// </summary>
    public double? EntropyThreshold { get; init; }

    /// <summary>The penalty of every prediction with the given weight; 0 means none.</summary>
    /// <param name="weight">At least 0 (none).</param>
    public static implicit operator ConfidencePenalty?(double weight) => FromDouble(weight);

    /// <summary>The penalty of every prediction with the given weight; 0 means none.</summary>
    /// <param name="weight">At least 0 (none).</param>
    public static ConfidencePenalty? FromDouble(double weight) => weight == 0 ? null : new ConfidencePenalty(weight);

    internal void Validate(IExceptionContext context)
    {
        context.CheckAtLeast(Weight, $"{nameof(ConfidencePenalty)}.{nameof(Weight)}", 0);
        if (EntropyThreshold is { } threshold)
            context.CheckAtLeast(threshold, $"{nameof(ConfidencePenalty)}.{nameof(EntropyThreshold)}", 0);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var below = EntropyThreshold is { } threshold ? string.Create(CultureInfo.InvariantCulture, $" below {threshold}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"confidence penalty {Weight}{below}");
    }
}
