using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.RealMlp;

/// <summary>One-hot codes on the scale of the rows.</summary>
[TestClass]
public sealed class CodeScaleTests
{
    // 2 / sqrt(1 + 4 / 9), of a value half a range away, and 1 / sqrt(1 + 1 / 9), of one a range away.
    private const float Rare = 1.6641006f;
    private const float Usual = 0.9486833f;

    [TestMethod]
    public void A_flag_is_0_where_it_usually_is()
    {
        AssertFlag(zeros: 90, ones: 10, 0, Rare);
        AssertFlag(zeros: 10, ones: 90, -Rare, 0);
        AssertFlag(zeros: 60, ones: 40, 0, Usual);
        AssertFlag(zeros: 40, ones: 60, -Usual, 0);
        AssertFlag(zeros: 0, ones: 100, 0, 0);
        AssertFlag(zeros: 100, ones: 0, 0, 0);
        AssertFlag(zeros: 0, ones: 0, 0, 0);

        static void AssertFlag(long zeros, long ones, float zero, float one)
        {
            float[] codes = [0, 1];
            CodeScale.Apply(codes, [zeros, ones]);
            Assert.AreEqual(zero, codes[0], 1e-6f, $"0 of {zeros} and {ones}");
            Assert.AreEqual(one, codes[1], 1e-6f, $"1 of {zeros} and {ones}");
        }
    }

    [TestMethod]
    public void The_more_frequent_of_two_values_is_the_origin()
    {
        // The codes are 0 for missing, 1 and -1.
        float[] codes = [0, 1, -1];
        CodeScale.Apply(codes, [0, 80, 20]);
        Assert.AreEqual(0, codes[1]);
        Assert.AreEqual(-Rare, codes[2], 1e-6f);
    }

    [TestMethod]
    public void Codes_are_those_that_all_rows_would_give()
    {
        var random = new Random(4);
        for (var trial = 0; trial < 300; trial++)
        {
            var values = random.Next(2, 9);
            using var table = new OneHotTable(values);
            var plain = table.forward(torch.arange(values + 1L)).data<float>().ToArray();
            var rows = Enumerable.Range(0, values + 1).Select(_ => (long)random.Next(random.Next(1, 40))).ToArray();
            if (rows.Sum() == 0)
                continue;
            table.Scale(rows);
            var scaled = table.forward(torch.arange(values + 1L)).data<float>().ToArray();

            var numbers = OneHotTable.SizeOf(values);
            for (var number = 0; number < numbers; number++)
            {
                var all = rows.SelectMany((count, value) => Enumerable.Repeat((double)plain[value * numbers + number], (int)count)).Order().ToArray();
                var range = Quantile(all, 0.75) - Quantile(all, 0.25);
                var scale = range > 0 ? range : (all[^1] - all[0]) / 2;
                for (var value = 0; value <= values; value++)
                {
                    var expected = scale > 0 ? (plain[value * numbers + number] - Quantile(all, 0.5)) / scale : 0;
                    Assert.AreEqual(expected / Math.Sqrt(1 + expected * expected / 9), scaled[value * numbers + number], 1e-5, $"trial {trial}, number {number}, value {value}");
                }
            }
        }

        static double Quantile(double[] sorted, double share)
        {
            var position = share * (sorted.Length - 1);
            var (below, above) = ((int)Math.Floor(position), (int)Math.Ceiling(position));
            return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
        }
    }

    [TestMethod]
    public void A_network_counts_the_values_of_its_rows()
    {
        var input = new InputLayout { Numbers = 1, Categories = [new("kinds", 2, 3), new("large", 1, 20)] };
        float[] rows = [0.1f, 1, 2, 5, 0.2f, 1, 3, 6, 0.3f, 1, 2, 7, 0.4f, 1, 2, 8, 0.5f, 2, 0, 9, 0.6f, 1, 2, 9];
        foreach (var (scales, scaling, isScaled) in new[]
        {
            (true, InputScaling.RobustSmoothClip, true), (true, InputScaling.Standardize, false), (false, InputScaling.RobustSmoothClip, false),
        })
        {
            using var scope = torch.NewDisposeScope();
            var architecture = NetworkArchitecture.RealMlp() with { HiddenSizes = [4], ScalesCategories = scales };
            using var network = architecture.CreateNetwork(input, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
            network.InitializeFrom(new InitialRows(torch.tensor(rows, [6, 4]), scaling, RandomKey.FromSeed(2)));

            float[] first = [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1];
            float[] second = [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1];
            if (isScaled)
            {
                // Value 1 in five of six rows, value 2 in one; then value 2 in four, value 3 in one, none in one.
                CodeScale.Apply(first, [0, 5, 1, 0]);
                CodeScale.Apply(second, [1, 0, 4, 1]);
            }

            var weights = NetworkWeights.CopyOf(network);
            CollectionAssert.AreEqual(first, weights.Find("categories.0.codes")!.Values.ToArray());
            CollectionAssert.AreEqual(second, weights.Find("categories.1.codes")!.Values.ToArray());
        }
    }
}
