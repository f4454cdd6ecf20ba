using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Adaptive clipping of each unit: <c>g_i * min(1, MaxRatio * max(||w_i||, 1e-3) / ||g_i||)</c> for the incoming weights w_i of unit i (Brock, De, Smith and
/// Simonyan, "High-performance large-scale image recognition without normalization", 2021, eq. 3). The paper does not clip the last layer; here it is clipped
/// too. Biases and normalization parameters are not clipped.
/// </summary>
/// <param name="MaxRatio">Above 0; 0.01 is typical.</param>
[UnionCase("adaptive")]
public sealed record AdaptiveClipping(double MaxRatio) : GradientClipping
{
    internal override bool ReadsWeights => true;

    internal override void Validate(IExceptionContext context) =>
        context.CheckAbove(MaxRatio, $"{nameof(GradientClipping)}.{nameof(MaxRatio)}", 0);

    internal override GradientClipper CreateClipper(FlatParameters parameters) => new AdaptiveClipper(this, parameters);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"adaptive clipping {MaxRatio}");
}
