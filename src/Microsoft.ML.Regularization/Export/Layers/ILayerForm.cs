namespace Microsoft.ML.Regularization.Export;

/// <summary>How layers of one kind are written as operators.</summary>
internal interface ILayerForm
{
    /// <summary>The kind, by what describes it.</summary>
    Type Layer { get; }

    /// <summary>Writes a layer behind what is written already.</summary>
    void Append(Networks.LayerDescription layer, LayerGraph graph);
}
