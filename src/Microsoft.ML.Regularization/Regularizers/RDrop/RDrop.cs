using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// R-Drop: each row goes through the network twice, under two draws of its noise, and the loss is the mean of both plus <c>Weight / 2 * (KL(p, q) + KL(q, p))</c>, by which the two predictions p
/// and q are to agree (Liang, Wu, Li, Wang, Meng, Qin, Chen, Zhang and Liu, "R-Drop: regularized dropout for neural networks", 2021, which takes the sum of both losses: its weight is half of this
/// one at twice the learning rate). It needs noise that differs from row to row, such as <see cref="StandardDropout"/>, and costs a second pass. A number converts to it: <c>RDrop = 1</c>.
/// </summary>
/// <param name="Weight">At least 0 (none); 0.5 to 5 is usual.</param>
public sealed record RDrop(double Weight)
{
    /// <summary>R-Drop with the given weight; 0 means none.</summary>
    /// <param name="weight">At least 0 (none).</param>
    public static implicit operator RDrop?(double weight) => FromDouble(weight);

    /// <summary>R-Drop with the given weight; 0 means none.</summary>
    /// <param name="weight">At least 0 (none).</param>
    public static RDrop? FromDouble(double weight) => weight == 0 ? null : new RDrop(weight);

    internal Demand Demand => new(nameof(RDrop), Weight, Capabilities.Classes);

    internal void Validate(IExceptionContext context, Dropout? dropout, StochasticDepth? depth)
    {
        context.CheckAtLeast(Weight, $"{nameof(RDrop)}.{nameof(Weight)}", 0);
        if (dropout is { IsNoise: true, DiffersByRow: true } || depth is { Skips: true, Granularity: StochasticDepthGranularity.Row })
            return;
        var noise = dropout is not null ? $"Dropout is {dropout}" : depth is not null ? $"StochasticDepth is {depth}" : "the recipe has none";
        throw context.ExceptUserArg(
            nameof(RDrop), $"{this} compares two draws of noise for each row, but {noise}: take a Dropout of units, such as 0.1, or StochasticDepth with Granularity Row.");
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"R-Drop {Weight}");
}
