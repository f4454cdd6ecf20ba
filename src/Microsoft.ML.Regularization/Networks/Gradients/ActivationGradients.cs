namespace Microsoft.ML.Regularization.Networks;

/// <summary>The gradient of each activation.</summary>
internal static class ActivationGradients
{
    /// <inheritdoc cref="ActivationGradient{TFormula}"/>
    public static LayerGradient Of(Activation activation, int units, float[]? mixing = null) => activation switch
    {
        Activation.ReLU => new ActivationGradient<ActivationFormulas.ReLU>(units, mixing),
        Activation.GELU => new ActivationGradient<ActivationFormulas.GELU>(units, mixing),
        Activation.SiLU => new ActivationGradient<ActivationFormulas.SiLU>(units, mixing),
        Activation.Tanh => new ActivationGradient<ActivationFormulas.Tanh>(units, mixing),
        Activation.SELU => new ActivationGradient<ActivationFormulas.SELU>(units, mixing),
        Activation.Mish => new ActivationGradient<ActivationFormulas.Mish>(units, mixing),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, message: null),
    };
}
