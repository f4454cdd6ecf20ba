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
    /// <param name="tokens">Which tokens the rows are; null where they are rows of the batch.</param>
    public static DenseUnits Of(Activation? activation, int units, ParameterMemory? bias, MultiplicativeNoiseLayer? noise, TokenRows? tokens = null)
    {
        var own = new UnitNoise(noise, units, tokens);
        return activation switch
        {
            null => new ActivationUnits<ActivationFormulas.Identity>(units, bias, own),
            Activation.ReLU => new ActivationUnits<ActivationFormulas.ReLU>(units, bias, own),
            Activation.GELU => new ActivationUnits<ActivationFormulas.GELU>(units, bias, own),
            Activation.SiLU => new ActivationUnits<ActivationFormulas.SiLU>(units, bias, own),
            Activation.Tanh => new ActivationUnits<ActivationFormulas.Tanh>(units, bias, own),
            Activation.SELU => new ActivationUnits<ActivationFormulas.SELU>(units, bias, own),
            Activation.Mish => new ActivationUnits<ActivationFormulas.Mish>(units, bias, own),
            _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, message: null),
        };
    }

    /// <summary>Behind any other pass.</summary>
    /// <inheritdoc cref="Of"/>
    public static RowPass Pass(Activation? activation, int units, MultiplicativeNoiseLayer? noise, TokenRows? tokens = null) =>
        new UnitsPass(Of(activation, units, bias: null, noise, tokens));
}
