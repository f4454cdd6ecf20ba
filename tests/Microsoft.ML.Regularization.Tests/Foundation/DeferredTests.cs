namespace Microsoft.ML.Regularization.Tests.Foundation;

[TestClass]
public sealed class DeferredTests
{
    [TestMethod]
    public void Is_made_once_by_whoever_asks_first()
    {
        var made = 0;
        var value = new Deferred<string>(() => $"value {Interlocked.Increment(ref made)}");
        Assert.AreEqual(0, made);
        Parallel.For(0, 8, _ => Assert.AreEqual("value 1", value.Value));
        Assert.AreEqual(1, made);
    }

    [TestMethod]
    public void A_failure_is_thrown_and_forgotten()
    {
        var failures = 2;
        var value = new Deferred<string>(() => failures-- > 0 ? throw new IOException($"failure {failures}") : "value");
        Assert.AreEqual("failure 1", Assert.Throws<IOException>(() => value.Value).Message);
        Assert.AreEqual("failure 0", Assert.Throws<IOException>(() => value.Value).Message);
        Assert.AreEqual("value", value.Value);
    }
}
