namespace Microsoft.ML.Regularization.Export;

/// <summary>The layers of networks for tables, and those that all networks share.</summary>
internal static class TableLayerForms
{
    public static IReadOnlyList<ILayerForm> All { get; } =
    [
        new LinearForm(),
        new NormalizationForm(),
        new ActivationForm(),
        new ParametricActivationForm(),
        new ScaleForm(),
        new NoiseForm(),
        new ResidualForm(),
        new CategoriesForm(),
        new FlagsForm(),
        new PeriodicForm(),
        new PiecewiseLinearForm(),
        new MemberFactorForm(),
        new MemberOutputForm(),
        new MemberMeanForm(),
    ];
}
