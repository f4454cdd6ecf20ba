using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Augmentation;

/// <summary>A row whose target is a known linear function of 16 independent features, and noise.</summary>
public sealed class LinearExample
{
    public const int FeatureCount = 16;

    [VectorType(FeatureCount)]
    public float[] Features { get; set; } = [];

    public float Label { get; set; }

    public bool IsHigh { get; set; }

    /// <summary>A number of events, whose logarithm is linear in the features.</summary>
    public float Events { get; set; }

    public static List<LinearExample> Generate(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var features = Enumerable.Range(0, FeatureCount).Select(_ => (float)Gaussian(random)).ToArray();
            var target = features.Select((value, i) => value * (i % 4 - 1.5)).Sum() + 0.1 * Gaussian(random);
            return new LinearExample
            {
                Features = features,
                Label = (float)target,
                IsHigh = target > 0,
                Events = (float)Math.Round(Math.Exp(0.1 * target + 3)),
            };
        })];
    }

    private static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
