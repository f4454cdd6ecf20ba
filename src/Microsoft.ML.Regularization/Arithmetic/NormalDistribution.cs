namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>Quantiles of the standard normal distribution.</summary>
internal static class NormalDistribution
{
    private static readonly double[] s_centerNumerator =
    [
        2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457, 13731.693765509461125, 1971.5909503065514427,
        133.14166789178437745, 3.3871328727963666080,
    ];

    private static readonly double[] s_centerDenominator =
    [
        5226.4952788528545610, 28729.085735721942674, 39307.895800092710610, 21213.794301586595867, 5394.1960214247511077, 687.18700749205790830,
        42.313330701600911252, 1,
    ];

    private static readonly double[] s_tailNumerator =
    [
        7.74545014278341407640e-4, 0.0227238449892691845833, 0.241780725177450611770, 1.27045825245236838258, 3.64784832476320460504, 5.76949722146069140550,
        4.63033784615654529590, 1.42343711074968357734,
    ];

    private static readonly double[] s_tailDenominator =
    [
        1.05075007164441684324e-9, 5.47593808499534494600e-4, 0.0151986665636164571966, 0.148103976427480074590, 0.689767334985100004550,
        1.67638483018380384940, 2.05319162663775882187, 1,
    ];

    /// <summary>The value that a normal number is below with a probability (Wichura, "Algorithm AS 241", 1988).</summary>
    /// <param name="probability">From 1e-11 to 1 - 1e-11.</param>
    public static double Quantile(double probability)
    {
        var distance = probability - 0.5;
        if (Math.Abs(distance) <= 0.425)
        {
            var rest = 0.180625 - distance * distance;
            return distance * Polynomial(s_centerNumerator, rest) / Polynomial(s_centerDenominator, rest);
        }

        var tail = Math.Sqrt(-Math.Log(Math.Min(probability, 1 - probability))) - 1.6;
        return Math.Sign(distance) * Polynomial(s_tailNumerator, tail) / Polynomial(s_tailDenominator, tail);
    }

    private static double Polynomial(double[] coefficients, double x)
    {
        var sum = 0.0;
        foreach (var coefficient in coefficients)
            sum = sum * x + coefficient;
        return sum;
    }
}
