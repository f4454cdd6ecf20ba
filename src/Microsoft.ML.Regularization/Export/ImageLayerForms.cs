namespace Microsoft.ML.Regularization.Export;

/// <summary>The layers of networks for images.</summary>
internal static class ImageLayerForms
{
    public static IReadOnlyList<ILayerForm> All { get; } =
    [
        new FeatureMapsForm(),
        new ConvolutionForm(),
        new MapNormalizationForm(),
        new PoolingForm(),
        new OverlappingPoolForm(),
        new ResizeForm(),
        new MapEndForm(),
        new PatchesForm(),
    ];
}
