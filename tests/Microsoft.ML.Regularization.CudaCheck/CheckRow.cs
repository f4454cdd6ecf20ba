using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.CudaCheck;

/// <summary>A made row of three classes, which each of its columns shows.</summary>
internal sealed class CheckRow
{
    private const int Classes = 3;
    private const int Side = 16;
    private const int Steps = 12;
    private const int Words = 30;

    [VectorType(10)]
    public float[] Numbers { get; set; } = [];

    [KeyType(Classes)]
    public uint Category { get; set; }

    [VectorType(Side, Side)]
    public float[] Image { get; set; } = [];

    [VectorType(Steps, 3)]
    public float[] Series { get; set; } = [];

    [KeyType(Words)]
    public uint[] Text { get; set; } = [];

    [KeyType(Classes)]
    public uint Label { get; set; }

    /// <summary>The same rows whenever they are asked for.</summary>
    public static IReadOnlyList<CheckRow> Of(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var label = random.Next(Classes);
            return new CheckRow
            {
                Numbers = [.. Enumerable.Range(0, 10).Select(place => (place == label ? 1 : 0) + Noise())],
                Category = (uint)(random.Next(3) == 0 ? random.Next(Classes) : label),
                Image = [.. Enumerable.Range(0, Side * Side).Select(place => (place / Side / 6 == label ? 1 : 0) + Noise())],
                Series = [.. Enumerable.Range(0, Steps).SelectMany(step => new[] { MathF.Sin(step * (label + 1)) + Noise(), Noise(), Noise() })],
                Text = [.. Enumerable.Range(0, 3 + random.Next(8)).Select(_ => (uint)(random.Next(2) == 0 ? random.Next(Words) : label * 10 + random.Next(10)))],
                Label = (uint)label,
            };
        })];

        float Noise() => 2 * random.NextSingle() - 1;
    }
}
