namespace Microsoft.ML.Regularization.Export;

/// <summary>The layers of networks for texts and sequences.</summary>
internal static class SequenceLayerForms
{
    public static IReadOnlyList<ILayerForm> All { get; } =
    [
        new TokensForm(),
        new ClassTokenForm(),
        new PositionsForm(),
        new AttentionForm(),
        new TokenPoolingForm(),
        new StepsForm(),
        new RecurrentForm(),
    ];
}
