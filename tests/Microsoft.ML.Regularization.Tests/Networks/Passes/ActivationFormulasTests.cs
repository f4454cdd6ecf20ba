using System.Runtime.Intrinsics;

namespace Microsoft.ML.Regularization.Tests.Networks.Passes;

/// <summary>Against formulas in double precision, and slopes against their differences.</summary>
[TestClass]
public sealed class ActivationFormulasTests
{
    private const double Step = 1e-5;

    [TestMethod]
    public void ReLU() => AssertRight<ActivationFormulas.ReLU>(x => Math.Max(x, 0));

    [TestMethod]
    public void GELU() => AssertRight<ActivationFormulas.GELU>(x => x * ActivationFunction.NormalDistribution(x), 3e-6);

    [TestMethod]
    public void SiLU() => AssertRight<ActivationFormulas.SiLU>(x => x / (1 + Math.Exp(-x)));

    [TestMethod]
    public void Tanh() => AssertRight<ActivationFormulas.Tanh>(Math.Tanh);

    [TestMethod]
    public void SELU() => AssertRight<ActivationFormulas.SELU>(x => x > 0 ? Selu.Scale * x : -Selu.LowestValue * (Math.Exp(x) - 1));

    [TestMethod]
    public void Mish() => AssertRight<ActivationFormulas.Mish>(x => x * Math.Tanh(x > 30 ? x : Math.Log(1 + Math.Exp(x))));

    private static void AssertRight<TFormula>(Func<double, double> formula, double slopeTolerance = 1e-6)
        where TFormula : struct, IActivationFormula
    {
        foreach (var x in Enumerable.Range(-2000, 4001).Select(i => i / 50f + 0.003f).Append(100).Append(-100))
        {
            var (value, slope) = TFormula.Of(Vector512.Create(x));
            Assert.AreEqual(formula(x), value[0], 4e-7 * Math.Max(1, Math.Abs(x)), $"value at {x}");
            Assert.AreEqual((formula(x + Step) - formula(x - Step)) / (2 * Step), slope[0], slopeTolerance, $"slope at {x}");
        }

        Assert.IsTrue(float.IsNaN(TFormula.Of(Vector512.Create(float.NaN)).Value[0]));
        Assert.IsTrue(float.IsFinite(TFormula.Of(Vector512.Create(1e30f)).Value[0]), "far right");
        Assert.IsTrue(float.IsFinite(TFormula.Of(Vector512.Create(-1e30f)).Value[0]), "far left");
    }
}
