using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests;

/// <summary>A row of generated data: four features, and a label of every kind.</summary>
public sealed class Example
{
    public const int FeatureCount = 4;
    public const int ClassCount = 3;

    public int Id { get; set; }

    [VectorType(FeatureCount)]
    public float[] Features { get; set; } = [];

    /// <summary>The class from 0, as ML.NET maps key columns to members; a value beyond the last class is a missing key.</summary>
    [KeyType(ClassCount)]
    public uint Label { get; set; }

    public bool Flag { get; set; }

    public float Target { get; set; }

    [VectorType(ClassCount)]
    public float[] Soft { get; set; } = [];

    public float Weight { get; set; } = 1;

    public string Name { get; set; } = "";

    public string Sentence { get; set; } = "";

    /// <summary>
    /// Rows of three Gaussian clusters, one for each class in turn; the class is hard to miss, and a network learns it in a few epochs.
    /// </summary>
    public static List<Example> Clusters(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(id =>
        {
            var label = id % ClassCount;
            var features = Enumerable.Range(0, FeatureCount).Select(i => (float)((i == label ? 2 : 0) + Gaussian(random))).ToArray();
            var soft = new float[ClassCount];
            soft[label] = 0.75f;
            soft[(label + 1) % ClassCount] = 0.25f;
            return new Example
            {
                Id = id,
                Features = features,
                Label = (uint)label,
                Flag = label == 0,
                Target = features.Sum(),
                Soft = soft,
                Weight = 0.5f + id % 2,
                Name = "class " + label,
                Sentence = $"The big dog number {id} quickly runs home, and a happy child sees it.",
            };
        })];
    }

    private static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
