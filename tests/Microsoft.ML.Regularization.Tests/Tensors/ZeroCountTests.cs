namespace Microsoft.ML.Regularization.Tests.Tensors;

[TestClass]
public sealed class ZeroCountTests
{
    /// <summary>Negative zeros are zeros; numbers next to 0 and what is not a number are none. Of every length, so that vectors and what is left of them count.</summary>
    [TestMethod]
    public void They_are_counted_one_by_one()
    {
        float[] kinds = [0, 1, -0f, float.Epsilon, -float.Epsilon, float.NaN, 0, float.NegativeInfinity, 0, -3];
        for (var length = 0; length < 100; length++)
        {
            var values = Enumerable.Range(0, length).Select(i => kinds[i * i % kinds.Length]).ToArray();
            Assert.AreEqual(values.Count(value => value == 0), ZeroCount.Of(values), $"{length}");
        }
    }
}
