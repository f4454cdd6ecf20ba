using System.Runtime.Intrinsics;

namespace Microsoft.ML.Regularization.Tests.Arithmetic;

/// <summary>Against functions in double precision.</summary>
[TestClass]
public sealed class VectorFunctionsTests
{
    private static IEnumerable<float> Numbers => Enumerable.Range(-4000, 8001).Select(i => i / 100f * MathF.Abs(i / 4000f) + i % 7 * 1e-4f);

    [TestMethod]
    public void Powers_of_e_are_right_to_the_last_bits()
    {
        foreach (var x in Numbers.Append(-86.9f).Append(87.9f).Append(0))
            Assert.AreEqual(1, First(VectorFunctions.Exp(Vector512.Create(x))) / Math.Exp(x), 3e-7, $"{x}");
        Assert.AreEqual(Math.Exp(-87), First(VectorFunctions.Exp(Vector512.Create(-1000f))), 1e-44);
        Assert.AreEqual(1, First(VectorFunctions.Exp(Vector512.Create(float.PositiveInfinity))) / Math.Exp(88), 1e-6);
    }

    [TestMethod]
    public void Sines_and_cosines_are_right_around_the_circle_and_far_from_it()
    {
        foreach (var angle in Numbers.Concat(Numbers.Select(x => 1000 * x)))
        {
            var (sine, cosine) = VectorFunctions.SineAndCosine(Vector512.Create(angle));
            Assert.AreEqual(Math.Sin(angle), First(sine), 3e-7, $"{angle}");
            Assert.AreEqual(Math.Cos(angle), First(cosine), 3e-7, $"{angle}");
            Assert.AreEqual(First(cosine), First(VectorFunctions.Cosine(Vector512.Create(angle))), $"{angle}");
        }

        foreach (var angle in new[] { 1e10f, -3e20f, float.MaxValue })
            Assert.IsInRange(-1.01f, 1.01f, First(VectorFunctions.Cosine(Vector512.Create(angle))), $"{angle}");
    }

    [TestMethod]
    public void The_normal_distribution_and_its_density_are_right()
    {
        foreach (var x in Numbers)
        {
            var (distribution, density) = VectorFunctions.Normal(Vector512.Create(x));
            Assert.AreEqual(ActivationFunction.NormalDistribution(x), First(distribution), 4e-7, $"{x}");
            Assert.AreEqual(Math.Exp(-(double)x * x / 2) / Math.Sqrt(2 * Math.PI), First(density), 1e-7, $"{x}");
        }

        // From tables.
        Assert.AreEqual(0.97724987, First(VectorFunctions.Normal(Vector512.Create(2f)).Distribution), 3e-7);
        Assert.AreEqual(0.15865525, First(VectorFunctions.Normal(Vector512.Create(-1f)).Distribution), 3e-7);
    }

    [TestMethod]
    public void Lanes_do_not_mix_and_what_is_no_number_stays_so()
    {
        var x = Vector512.Create(0f, 1, 2, 3, 4, 5, 6, 7, -1, -2, -3, float.NaN, -5, -6, -7, -8);
        Vector512<float>[] results =
        [
            VectorFunctions.Exp(x), VectorFunctions.Cosine(x), VectorFunctions.SineAndCosine(x).Sine, VectorFunctions.Normal(x).Distribution,
        ];
        Func<double, double>[] expected = [Math.Exp, Math.Cos, Math.Sin, ActivationFunction.NormalDistribution];
        for (var function = 0; function < results.Length; function++)
        {
            for (var lane = 0; lane < 16; lane++)
            {
                var value = expected[function](x[lane]);
                if (double.IsNaN(value))
                    Assert.IsTrue(float.IsNaN(results[function][lane]), $"function {function}, lane {lane}");
                else
                    Assert.AreEqual(value, results[function][lane], 1e-6 * Math.Max(1, value), $"function {function}, lane {lane}");
            }
        }
    }

    private static float First(Vector512<float> vector) => vector[0];
}
