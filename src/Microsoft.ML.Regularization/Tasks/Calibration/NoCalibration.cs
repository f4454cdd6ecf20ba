using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Probabilities stay as the network gives them.</summary>
[UnionCase("none")]
public sealed record NoCalibration : Calibration
{
    internal override void Validate(IExceptionContext context)
    {
    }

    /// <inheritdoc/>
    public override string ToString() => "none";
}
