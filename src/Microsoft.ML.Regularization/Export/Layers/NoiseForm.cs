using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

/// <summary>There is no noise at scoring.</summary>
internal sealed class NoiseForm : LayerForm<NoiseDescription>
{
    protected override void Append(NoiseDescription layer, LayerGraph graph)
    {
    }
}
