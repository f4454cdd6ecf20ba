using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Trainers;

/// <summary>A generated row that shows its class in every kind of input that a network can read, and that has a label for every task.</summary>
public sealed class InputExample
{
    public const int ClassCount = 3;
    public const int Side = 8;
    public const int Steps = 6;
    public const int Words = 12;
    public const int Slots = 1100;

    /// <summary>The number of the class is high.</summary>
    [VectorType(4)]
    public float[] Features { get; set; } = [];

    /// <summary>
    /// A number beside a code of the class, in truth values and in -1 and 2 of which some are missing; what is the same everywhere; a number that is missing at times.
    /// </summary>
    [VectorType(5)]
    public float[] Flagged { get; set; } = [];

    /// <summary>Few numbers of many that are not 0, some of them in the slots of the class.</summary>
    [VectorType(Slots)]
    public VBuffer<float> Sparse { get; set; }

    /// <summary>The class, mostly; missing at times.</summary>
    [KeyType(ClassCount)]
    public uint Category { get; set; }

    /// <summary>A grey image, bright at the place of the class.</summary>
    [VectorType(Side, Side)]
    public float[] Pixels { get; set; } = [];

    /// <summary>A wave, the faster the higher the class, beside noise.</summary>
    [VectorType(Steps, 2)]
    public float[] Series { get; set; } = [];

    /// <summary>Two to five words, most of them of the class.</summary>
    [KeyType(Words)]
    public uint[] Tokens { get; set; } = [];

    [KeyType(ClassCount)]
    public uint Label { get; set; }

    public bool Flag { get; set; }

    public float Target { get; set; }

    public static List<InputExample> Of(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(id =>
        {
            var label = id % ClassCount;
            return new InputExample
            {
                Features = [.. Enumerable.Range(0, 4).Select(i => (i == label ? 2 : 0) + Noise())],
                Category = (uint)(id % 10 == 9 ? ClassCount : id % 5 == 4 ? id % 2 : label),
                Pixels = [.. Enumerable.Range(0, Side * Side).Select(place => IsBright(label, place / Side, place % Side) ? 2 + Noise() : Noise())],
                Series = [.. Enumerable.Range(0, Steps).SelectMany(step => new[] { 2 * MathF.Sin(step * label) + Noise(), Noise() })],
                Tokens = [.. Enumerable.Range(0, 2 + id % 4).Select(_ => (uint)(random.Next(4) == 0 ? random.Next(Words) : label * 4 + random.Next(4)))],
                Sparse = SparseVector(label, id),
                Flagged = [(float)Math.Sin(id), label == 0 ? 1 : 0, id % 11 == 3 ? float.NaN : label == 1 ? -1 : 2, 7, id % 9 == 2 ? float.NaN : label + (float)Math.Cos(id)],
                Label = (uint)label,
                Flag = label == 0,
                Target = 10 * label + Noise(),
            };
        })];

        float Noise() => (float)(random.NextDouble() - 0.5);

        // From a stream of its own, so that the other columns stay what they are.
        static VBuffer<float> SparseVector(int label, int id)
        {
            var own = new Random(id);
            var slots = Enumerable.Range(0, 6).Select(_ => (label * 20) + own.Next(20))
                .Concat(Enumerable.Range(0, 8).Select(_ => 60 + own.Next(Slots - 60))).Distinct().Order().ToArray();
            return new VBuffer<float>(Slots, slots.Length, [.. slots.Select(_ => 0.5f + own.NextSingle())], slots);
        }

        static bool IsBright(int label, int row, int column) => row / 4 == label / 2 && column / 4 == label % 2;
    }
}
