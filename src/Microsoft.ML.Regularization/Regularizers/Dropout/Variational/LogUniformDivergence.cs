using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>
/// The divergence of a weight's distribution N(w, alpha w^2) from the log-uniform prior, element by element: a function of alpha alone, fitted to an error
/// of 0.009 and shifted so that it falls to 0 as alpha grows (Molchanov et al., 2017, eq. 14).
/// </summary>
internal static class LogUniformDivergence
{
    private const double K1 = 0.63576;
    private const double K2 = 1.87320;
    private const double K3 = 1.48695;

    public static Tensor Of(Tensor logAlpha) =>
        logAlpha.Times(-K3).Minus(K2).sigmoid().Times(K1).Plus((-logAlpha).Softplus().Over(2));
}
