namespace Microsoft.ML.Regularization;

/// <summary>The nonlinearity between the layers of a network.</summary>
public enum Activation
{
    /// <summary>max(x, 0).</summary>
    ReLU,

    /// <summary>x Phi(x) with the standard normal distribution function Phi, computed exactly (Hendrycks and Gimpel, 2016).</summary>
    GELU,

    /// <summary>x sigmoid(x), also known as swish (Elfwing, Uchibe and Doya, 2018).</summary>
    SiLU,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,
}
