using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>The numbers of <see cref="Activation.SELU"/>, which make mean 0 and variance 1 its fixed point (Klambauer et al., 2017, eq. 14).</summary>
internal static class Selu
{
    /// <summary>The slope above 0, lambda in the paper.</summary>
    public const double Scale = 1.0507009873554804934193349852946;

    /// <summary>The limit far below 0, <c>-lambda alpha</c> in the paper.</summary>
    public const double LowestValue = -Scale * 1.6732632423543772848170429916717;

    /// <summary>The a of <see cref="AlphaDropout"/>, and its q as it is drawn.</summary>
    public static (double Slope, double Keep) Affine(AlphaDropout dropout, double rateFactor = 1)
    {
        var keep = BernoulliMask.Rounded(1 - dropout.DropProbability * rateFactor);
        return (Math.Pow(keep + Math.Pow(LowestValue, 2) * keep * (1 - keep), -0.5), keep);
    }
}
