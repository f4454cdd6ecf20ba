using System.Globalization;

namespace Microsoft.ML.Regularization.Tests.Training.Data;

[TestClass]
public sealed class PrefetcherTests
{
    [TestMethod]
    [DataRow(2)]
    [DataRow(3)]
    public void Buffers_come_in_the_order_in_which_they_are_filled_and_none_is_filled_while_it_is_used(int buffers)
    {
        var next = 0;
        using var ahead = Ahead(buffers, buffer => (buffer[0] = next++) < 1000);
        for (var expected = 0; expected < 1000; expected++)
        {
            var taken = ahead.Take()!;
            if (expected % 100 == 0)
                Thread.Sleep(1);
            Assert.AreEqual(expected, taken[0]);
        }

        Assert.IsNull(ahead.Take());
        Assert.IsNull(ahead.Take());
    }

    [TestMethod]
    public void It_fills_all_but_the_buffer_that_is_used_and_then_waits()
    {
        using var third = new SemaphoreSlim(0);
        var fills = 0;
        using var ahead = Ahead(3, _ =>
        {
            if (Interlocked.Increment(ref fills) == 3)
                third.Release();
            return true;
        });
        ahead.Take();
        third.Wait();
        Assert.AreEqual(3, Volatile.Read(ref fills));
        ahead.Take();
        ahead.Dispose();
        Assert.IsInRange(3, 4, fills);
    }

    [TestMethod]
    public void What_filling_throws_comes_in_its_place_with_its_own_stack()
    {
        var next = 0;
        using var ahead = Ahead(3, buffer => (buffer[0] = next++) < 2 || Fail());
        Assert.AreEqual(0, ahead.Take()![0]);
        Assert.AreEqual(1, ahead.Take()![0]);
        for (var time = 0; time < 2; time++)
        {
            var error = Assert.ThrowsExactly<InvalidDataException>(() => ahead.Take());
            Assert.AreEqual("bad row", error.Message);
            Assert.Contains(nameof(Fail), error.StackTrace!);
        }
    }

    [TestMethod]
    public void One_thread_fills_in_the_callers_culture_and_is_gone_afterwards()
    {
        var (culture, threads) = (CultureInfo.CurrentCulture, new HashSet<Thread>());
        CultureInfo.CurrentCulture = new CultureInfo("de-CH");
        try
        {
            using (var ahead = Ahead(2, _ => threads.Add(Thread.CurrentThread) | CultureInfo.CurrentCulture.Name == "de-CH"))
            {
                for (var i = 0; i < 10; i++)
                    Assert.IsNotNull(ahead.Take());
            }

            Assert.HasCount(1, threads);
            Assert.AreNotSame(Thread.CurrentThread, threads.Single());
            Assert.IsFalse(threads.Single().IsAlive);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(5)]
    public void Whoever_leaves_early_waits_for_no_more_than_the_buffer_that_is_filled(int takes)
    {
        var isLeft = false;
        var ahead = Ahead(3, _ =>
        {
            Assert.IsFalse(Volatile.Read(ref isLeft));
            return true;
        });
        for (var i = 0; i < takes; i++)
            Assert.IsNotNull(ahead.Take());
        ahead.Dispose();
        Volatile.Write(ref isLeft, true);
    }

    [TestMethod]
    public void Without_a_thread_each_buffer_is_filled_when_it_is_taken()
    {
        var (next, caller) = (0, Environment.CurrentManagedThreadId);
        using var ahead = new Prefetcher<int[]>("Test", [new int[1], new int[1]], Fill, (_, _) => null);
        for (var expected = 0; expected < 10; expected++)
        {
            Assert.AreEqual(expected, next);
            Assert.AreEqual(expected, ahead.Take()![0]);
        }

        Assert.ThrowsExactly<InvalidDataException>(() => ahead.Take());

        bool Fill(int[] buffer)
        {
            Assert.AreEqual(caller, Environment.CurrentManagedThreadId);
            return (buffer[0] = next++) < 10 || Fail();
        }
    }

    private static bool Fail() => throw new InvalidDataException("bad row");

    private static Prefetcher<int[]> Ahead(int buffers, Func<int[], bool> fill) => new("Test", [.. Enumerable.Range(0, buffers).Select(_ => new int[1])], fill);
}
