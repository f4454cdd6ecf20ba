using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Each activation in managed code, and the noise behind it.</summary>
internal static class ActivatedUnits
{
    /// <summary>Behind a product.</summary>
    /// <param name="activation">Null for none.</param>
    /// <param name="units">How many there are.</param>
    /// <param name="bias">Of the units; null for none.</param>
    /// <param name="noise">Null for none.</param>
    public static DenseUnits Of(Activation? activation, int units, ParameterMemory? bias, MultiplicativeNoiseLayer? noise) => activation switch
    {
        null => new ActivationUnits<ActivationFormulas.Identity>(units, bias, noise),
        Activation.ReLU => new ActivationUnits<ActivationFormulas.ReLU>(units, bias, noise),
        Activation.GELU => new ActivationUnits<ActivationFormulas.GELU>(units, bias, noise),
        Activation.SiLU => new ActivationUnits<ActivationFormulas.SiLU>(units, bias, noise),
        Activation.Tanh => new ActivationUnits<ActivationFormulas.Tanh>(units, bias, noise),
        Activation.SELU => new ActivationUnits<ActivationFormulas.SELU>(units, bias, noise),
        Activation.Mish => new ActivationUnits<ActivationFormulas.Mish>(units, bias, noise),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, message: null),
    };

    /// <summary>Behind any other pass.</summary>
    /// <inheritdoc cref="Of"/>
    public static RowPass Pass(Activation? activation, int units, MultiplicativeNoiseLayer? noise) => new UnitsPass(Of(activation, units, bias: null, noise));
}
