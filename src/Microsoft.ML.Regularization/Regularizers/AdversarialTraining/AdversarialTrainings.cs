namespace Microsoft.ML.Regularization;

/// <summary>The attacks that a recipe can be given, as members of <see cref="AdversarialTraining"/>: <c>AdversarialTraining.Fgsm(0.1)</c>.</summary>
public static class AdversarialTrainings
{
    extension(AdversarialTraining)
    {
        /// <summary>One step along the sign of the gradient: cheap, at the cost of one more pass.</summary>
        /// <param name="epsilon">How far every feature is changed, in its own units; above 0.</param>
        public static FgsmTraining Fgsm(double epsilon) => new(epsilon);

        /// <summary>Several smaller steps: a stronger attack, at the cost of one pass for each step.</summary>
        /// <param name="epsilon">The maximum distance by which a row is changed, in units of the features; above 0.</param>
        /// <param name="stepSize">The length of one step; above 0. Null means <c>2.5 * epsilon / steps</c>.</param>
        /// <param name="steps">From 1 to 1,000.</param>
        /// <param name="norm">The norm that measures the change.</param>
        /// <param name="randomStart">Whether the first step starts at a random point within reach instead of at the row.</param>
        public static PgdTraining Pgd(
            double epsilon, double? stepSize = null, int steps = 7, AdversarialNorm norm = AdversarialNorm.LInfinity, bool randomStart = true) =>
            new(epsilon) { StepSize = stepSize, Steps = steps, Norm = norm, RandomStart = randomStart };
    }
}
