namespace Microsoft.ML.Regularization.Export;

/// <summary>All kinds of layers that can be written: a line for each.</summary>
internal static class LayerForms
{
    public static IReadOnlyDictionary<Type, ILayerForm> ByLayer { get; } =
        ((IEnumerable<ILayerForm>)[.. TableLayerForms.All, .. ImageLayerForms.All, .. SequenceLayerForms.All]).ToDictionary(form => form.Layer);
}
