using Microsoft.ML.Regularization.Structure;

namespace Microsoft.ML.Regularization.Tests.Build;

[TestClass]
public sealed class CirclesTests
{
    [TestMethod]
    public void Two_circles_joined_by_one_arrow_stay_two()
    {
        var circles = Circles.Of([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "e"), ("e", "d"), ("e", "f")]);
        Assert.HasCount(2, circles);
        CollectionAssert.AreEqual(new[] { "a", "b", "c" }, circles[0].ToList());
        CollectionAssert.AreEqual(new[] { "d", "e" }, circles[1].ToList());
    }

    [TestMethod]
    public void Arrows_in_one_direction_form_none() => Assert.IsEmpty(Circles.Of([("a", "b"), ("a", "c"), ("b", "c")]));
}
