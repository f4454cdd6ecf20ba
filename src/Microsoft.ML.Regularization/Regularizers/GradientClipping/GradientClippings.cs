namespace Microsoft.ML.Regularization;

/// <summary>The bounds that a recipe can be given, as members of <see cref="GradientClipping"/>: <c>GradientClipping.ByNorm(1)</c>.</summary>
public static class GradientClippings
{
    extension(GradientClipping)
    {
        /// <summary>Scales the whole gradient down to a Euclidean norm of at most <paramref name="maximumNorm"/>; its direction is kept.</summary>
        /// <param name="maximumNorm">Above 0; 1 is typical, a smaller value clips more.</param>
        public static NormClipping ByNorm(double maximumNorm = 1.0) => new(maximumNorm);

        /// <summary>Clamps every component of the gradient to plus or minus <paramref name="maximumValue"/>; the direction may change.</summary>
        /// <param name="maximumValue">Above 0; 0.5 is typical, a smaller value clips more.</param>
        public static ValueClipping ByValue(double maximumValue = 0.5) => new(maximumValue);

        /// <summary>Scales the gradient of each unit down to a share of the norm of the unit's weights; its direction is kept.</summary>
        /// <param name="maximumRatio">Above 0; 0.01 is typical, a smaller value clips more.</param>
        public static AdaptiveClipping Adaptive(double maximumRatio = 0.01) => new(maximumRatio);
    }
}
