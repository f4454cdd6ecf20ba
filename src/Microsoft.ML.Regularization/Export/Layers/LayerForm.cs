using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

/// <summary>How layers of one kind are written as operators.</summary>
/// <typeparam name="TLayer">What describes them.</typeparam>
internal abstract class LayerForm<TLayer> : ILayerForm
    where TLayer : LayerDescription
{
    public Type Layer => typeof(TLayer);

    public void Append(LayerDescription layer, LayerGraph graph) => Append((TLayer)layer, graph);

    /// <summary>Writes a layer: takes <see cref="LayerGraph.Value"/>, and puts the layer's own in its place.</summary>
    protected abstract void Append(TLayer layer, LayerGraph graph);
}
