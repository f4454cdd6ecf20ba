using System.Collections.Concurrent;

namespace Microsoft.ML.Regularization.Tests.Arithmetic;

[TestClass]
public sealed class WorkAheadTests
{
    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(2, 1)]
    [DataRow(4, 2)]
    [DataRow(6, 3)]
    public void Each_thing_is_made_once_of_what_stood_at_its_place_by_no_more_threads_than_it_may_have(int places, int threads)
    {
        var (source, made) = (new int[places], new int[places]);
        var (busy, most) = (0, 0);
        using var work = new WorkAhead(places, threads, place =>
        {
            var now = Interlocked.Increment(ref busy);
            InterlockedMax(ref most, now);
            Thread.SpinWait(200);
            made[place] = source[place] * source[place];
            Interlocked.Decrement(ref busy);
        });
        var ordered = 0;
        for (var i = 0; i < 1000; i++)
        {
            for (; ordered < i + places && ordered < 1000; ordered++)
            {
                source[ordered % places] = ordered;
                work.Order();
            }

            work.Await(i);
            Assert.AreEqual(i * i, made[i % places]);
        }

        Assert.IsLessThanOrEqualTo(threads, most);
    }

    [TestMethod]
    public void The_user_alone_makes_everything_where_no_other_thread_is_wanted()
    {
        var threads = new ConcurrentBag<Thread>();
        using var work = new WorkAhead(3, 1, _ => threads.Add(Thread.CurrentThread));
        for (var i = 0; i < 3; i++)
            work.Order();
        Assert.IsEmpty(threads);
        for (var i = 0; i < 3; i++)
            work.Await(i);
        Assert.HasCount(3, threads);
        Assert.IsTrue(threads.All(thread => thread == Thread.CurrentThread));
    }

    [TestMethod]
    public void Who_ends_early_waits_for_what_is_being_made_and_nothing_is_begun_any_more()
    {
        using var isMaking = new ManualResetEventSlim();
        using var mayEnd = new ManualResetEventSlim();
        var (begun, ended) = (0, 0);
        var work = new WorkAhead(8, 2, _ =>
        {
            Interlocked.Increment(ref begun);
            isMaking.Set();
            mayEnd.Wait();
            Interlocked.Increment(ref ended);
        });
        for (var i = 0; i < 8; i++)
            work.Order();
        isMaking.Wait();
        var disposing = new Thread(work.Dispose);
        disposing.Start();
        Assert.IsFalse(disposing.Join(TimeSpan.FromMilliseconds(20)));
        mayEnd.Set();
        disposing.Join();
        Assert.AreEqual(begun, ended);
        Assert.IsLessThan(8, begun);
        work.Dispose();
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); seen < value;)
        {
            var before = Interlocked.CompareExchange(ref most, value, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }
}
