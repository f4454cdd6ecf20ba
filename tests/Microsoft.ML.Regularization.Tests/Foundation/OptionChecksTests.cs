using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Tests.Foundation;

[TestClass]
public sealed class OptionChecksTests
{
    private static readonly IExceptionContext Context = new MLContext();

    [TestMethod]
    [DataRow(1.0, true)]
    [DataRow(1e38, true)]
    [DataRow(0.999, false)]
    [DataRow(double.NaN, false)]
    [DataRow(double.PositiveInfinity, false)]
    public void At_least(double value, bool isValid) => AssertChecks(isValid, "at least 1", () => Context.CheckAtLeast(value, "X", 1));

    [TestMethod]
    public void What_no_float_can_hold()
    {
        AssertChecks(isValid: false, "3.4028235E+38", () => Context.CheckAtLeast(1e300, "X", 1));
        AssertChecks(isValid: false, "3.4028235E+38", () => Context.CheckAbove(1e300, "X", 1));
        AssertChecks(isValid: false, "-3.4028235E+38", () => Context.CheckFinite(-1e300, "X"));
    }

    [TestMethod]
    [DataRow(1.001, true)]
    [DataRow(1.0, false)]
    [DataRow(double.NaN, false)]
    [DataRow(double.PositiveInfinity, false)]
    public void Above(double value, bool isValid) => AssertChecks(isValid, "above 1", () => Context.CheckAbove(value, "X", 1));

    [TestMethod]
    [DataRow(1.0, true)]
    [DataRow(2.5, true)]
    [DataRow(0.999, false)]
    [DataRow(2.501, false)]
    [DataRow(double.NaN, false)]
    public void Between(double value, bool isValid) => AssertChecks(isValid, "from 1 to 2.5", () => Context.CheckBetween(value, "X", 1, 2.5));

    [TestMethod]
    [DataRow(0.0, true)]
    [DataRow(0.999, true)]
    [DataRow(1.0, false)]
    [DataRow(-0.001, false)]
    [DataRow(double.NaN, false)]
    public void From_zero_to_below_one(double value, bool isValid) =>
        AssertChecks(isValid, "at least 0 and below 1", () => Context.CheckFromZeroToBelowOne(value, "X"));

    [TestMethod]
    [DataRow(0.001, true)]
    [DataRow(0.999, true)]
    [DataRow(0.0, false)]
    [DataRow(1.0, false)]
    [DataRow(double.NaN, false)]
    public void Inside_zero_and_one(double value, bool isValid) =>
        AssertChecks(isValid, "above 0 and below 1", () => Context.CheckInsideZeroOne(value, "X"));

    [TestMethod]
    [DataRow(Activation.Tanh, true)]
    [DataRow((Activation)(-1), false)]
    [DataRow((Activation)6, false)]
    public void Defined(Activation value, bool isValid) =>
        AssertChecks(isValid, "one of ReLU, GELU, SiLU, Tanh, SELU, Mish", () => Context.CheckDefined(value, "X"));

    [TestMethod]
    [DataRow("Features", true)]
    [DataRow("", false)]
    [DataRow("  ", false)]
    [DataRow(null, false)]
    public void Name(string? value, bool isValid) => AssertChecks(isValid, "must name a column", () => Context.CheckName(value, "X"));

    private static void AssertChecks(bool isValid, string range, Action check)
    {
        if (isValid)
        {
            check();
            return;
        }

        var exception = Assert.ThrowsExactly<ArgumentOutOfRangeException>(check);
        Assert.AreEqual("X", exception.ParamName);
        Assert.Contains(range, exception.Message);
    }
}
