using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Groups;

/// <summary>A row of a table of shops, in each of which demand follows the price in its own way.</summary>
internal sealed class Shop
{
    public string Name { get; set; } = "";

    public int Number { get; set; }

    [VectorType(2)]
    public float[] Features { get; set; } = [];

    public float Target { get; set; }

    public bool Flag { get; set; }

    [KeyType(3)]
    public uint Label { get; set; }

    public static NeuralNetworkOptions Options { get; } = SmallNetwork.Options with { Architecture = NetworkArchitecture.Mlp(16), MaxEpochs = 30 };

    /// <summary>Rows of shops in turn: shop k sells <c>slope * x0 + x1</c> with a slope from -1 to 1, and some noise.</summary>
    public static List<Shop> Rows(int shops, int rowsEach, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, shops * rowsEach).Select(row =>
        {
            var number = row % shops;
            float[] features = [2 * random.NextSingle() - 1, 2 * random.NextSingle() - 1];
            var target = SlopeOf(number, shops) * features[0] + features[1] + 0.1f * (random.NextSingle() - 0.5f);
            return new Shop
            {
                Name = $"shop {number}", Number = number, Features = features, Target = target, Flag = target > 0, Label = target < -0.3 ? 0u : target < 0.3 ? 1u : 2u,
            };
        })];
    }

    public static float SlopeOf(int shop, int shops) => shops == 1 ? 1 : 2f * shop / (shops - 1) - 1;
}
