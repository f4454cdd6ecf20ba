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

    /// <summary>
    /// 1.0507 x above 0 and 1.7581 (e^x - 1) below: deep SELU networks keep their activations near mean 0 and variance 1 without normalization (Klambauer,
    /// Unterthiner, Mayr and Hochreiter, "Self-normalizing neural networks", 2017). Weights start at variance 1 / inputs. Its dropout is
    /// <see cref="AlphaDropout"/>.
    /// </summary>
    SELU,

    /// <summary>x tanh(ln(1 + e^x)) (Misra, "Mish: a self regularized non-monotonic activation function", 2020).</summary>
    Mish,
}
