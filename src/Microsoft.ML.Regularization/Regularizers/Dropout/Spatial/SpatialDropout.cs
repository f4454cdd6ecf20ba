using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Spatial dropout, for networks with feature maps: while training, a whole map of a row is zeroed with probability <see cref="DropProbability"/> and divided
/// by <c>1 - DropProbability</c> otherwise; at scoring nothing happens (Tompson, Goroshin, Jain, LeCun and Bregler, "Efficient object localization using
/// convolutional networks", 2015). Neighbouring positions of a map are strongly correlated, so dropping them one by one removes little information.
/// </summary>
/// <remarks>
/// Refused where the network has no feature maps. In a hidden dense layer after convolutions, each unit is a map of a single position.
/// </remarks>
/// <param name="DropProbability">
/// Probability to drop a map, at least 0 (nothing is dropped) and below 1 (almost nothing is left); 0.05 to 0.2 is usual. Each map is drawn with 16 random
/// bits.
/// </param>
[UnionCase("spatial")]
public sealed record SpatialDropout(double DropProbability) : Dropout
{
    internal override bool IsNoise => DropProbability > 0;

    internal override bool CanChangeRate => true;

    internal override IEnumerable<Demand> Demands =>
    [
        .. base.Demands,
        Demand(Capabilities.Maps, "drops whole feature maps", "take StandardDropout, or an architecture for images such as NetworkArchitecture.ConvNet"),
    ];

    internal override void Validate(IExceptionContext context) =>
        context.CheckFromZeroToBelowOne(DropProbability, OptionName(nameof(DropProbability)));

    // Where units are maps of a single place, dropping maps is dropping units.
    internal override nn.Module<Tensor, Tensor>? LayerBehind(NoiseSource source, params int[] shared) =>
        new StandardDropout(DropProbability).LayerBehind(source, shared);

    internal override nn.Module<Tensor, Tensor>? LayerBehindMaps(NoiseSource source) => LayerBehind(source, 2, 3);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"spatial dropout {DropProbability}");
}
