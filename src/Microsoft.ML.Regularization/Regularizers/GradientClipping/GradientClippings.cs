namespace Microsoft.ML.Regularization;

/// <summary>The bounds that a recipe can be given, as members of <see cref="GradientClipping"/>: <c>GradientClipping.ByNorm(1)</c>.</summary>
public static class GradientClippings
{
    extension(GradientClipping)
    {
        /// <summary>Scales the whole gradient down to a Euclidean norm of at most <paramref name="maxNorm"/>; its direction is kept.</summary>
        /// <param name="maxNorm">Above 0; 1 is typical, a smaller value clips more.</param>
        public static NormClipping ByNorm(double maxNorm = 1.0) => new(maxNorm);

        /// <summary>Clamps every component of the gradient to plus or minus <paramref name="maxValue"/>; the direction may change.</summary>
        /// <param name="maxValue">Above 0; 0.5 is typical, a smaller value clips more.</param>
        public static ValueClipping ByValue(double maxValue = 0.5) => new(maxValue);

        /// <summary>Scales the gradient of each unit down to a share of the norm of the unit's weights; its direction is kept.</summary>
        /// <param name="maxRatio">Above 0; 0.01 is typical, a smaller value clips more.</param>
        public static AdaptiveClipping Adaptive(double maxRatio = 0.01) => new(maxRatio);
    }
}
