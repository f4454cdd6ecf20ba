namespace Microsoft.ML.Regularization.Tests;

[TestClass]
public sealed class DropoutKindTests
{
    [TestMethod]
    public void A_number_is_standard_dropout()
    {
        DropoutKind? dropout = 0.3;

        Assert.AreEqual(new StandardDropout(0.3), dropout);
        Assert.AreEqual(dropout, DropoutKind.FromDouble(0.3));
    }

    [TestMethod]
    public void Zero_is_none()
    {
        DropoutKind? dropout = 0.0;

        Assert.IsNull(dropout);
        Assert.AreEqual(RegularizationRecipe.None, new RegularizationRecipe { Dropout = 0 });
    }

    [TestMethod]
    public void It_prints_its_probability() => Assert.AreEqual("dropout 0.3", new StandardDropout(0.3).ToString());
}
