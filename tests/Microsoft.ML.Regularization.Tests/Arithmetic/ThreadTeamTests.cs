namespace Microsoft.ML.Regularization.Tests.Arithmetic;

[TestClass]
public sealed class ThreadTeamTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(5)]
    public void Each_part_is_done_once(int size)
    {
        using var team = new ThreadTeam(size);
        for (var run = 0; run < 2000; run++)
        {
            var work = new Counting(run % 17);
            team.Run(work, work.Counts.Length);
            Assert.IsTrue(work.Counts.All(count => count == 1), $"Run {run}: {string.Join(", ", work.Counts)}");

            // Now and then the threads fall asleep between two works.
            if (run % 500 == 0)
                Thread.Sleep(20);
        }
    }

    [TestMethod]
    public void Several_callers_share_a_team()
    {
        using var team = new ThreadTeam(3);
        Parallel.For(0, 400, _ =>
        {
            var work = new Counting(23);
            team.Run(work, 23);
            Assert.IsTrue(work.Counts.All(count => count == 1));
        });
    }

    [TestMethod]
    public void A_part_may_have_work_of_its_own()
    {
        using var team = new ThreadTeam(2);
        var inner = Enumerable.Range(0, 6).Select(_ => new Counting(9)).ToArray();
        team.Run(new Delegated(part => team.Run(inner[part], 9)), 6);
        Assert.IsTrue(inner.All(work => work.Counts.All(count => count == 1)));
    }

    [TestMethod]
    public void An_exception_reaches_the_caller_and_the_team_goes_on()
    {
        using var team = new ThreadTeam(2);
        for (var run = 0; run < 50; run++)
        {
            var exception = Assert.ThrowsExactly<InvalidDataException>(
                () => team.Run(new Delegated(part => _ = part == 3 ? throw new InvalidDataException("third") : 0), 8));
            Assert.AreEqual("third", exception.Message);
            var work = new Counting(8);
            team.Run(work, 8);
            Assert.IsTrue(work.Counts.All(count => count == 1));
        }
    }

    [TestMethod]
    public void Threads_that_cannot_be_started_are_asked_for_again_and_work_is_done_meanwhile()
    {
        var (asked, refused, started) = (0, 3, 0);
        using var team = new ThreadTeam(3, (name, body) =>
        {
            asked++;
            if (refused-- > 0)
                return null;
            started++;
            return BackgroundThread.TryStart(name, body);
        });
        for (var run = 0; run < 4000; run++)
        {
            var work = new Counting(7);
            team.Run(work, 7);
            Assert.IsTrue(work.Counts.All(count => count == 1), $"run {run}");
        }

        Assert.AreEqual(2, started);
        Assert.AreEqual(5, asked);
    }

    [TestMethod]
    public void A_caller_sleeps_until_the_last_part_is_done()
    {
        using var team = new ThreadTeam(2);
        var caller = Environment.CurrentManagedThreadId;
        for (var run = 0; run < 20; run++)
        {
            // The other thread takes a part before the caller ends its own, and ends long after.
            using var taken = new ManualResetEventSlim();
            var done = 0;
            team.Run(
                new Delegated(_ =>
                {
                    if (Environment.CurrentManagedThreadId == caller)
                    {
                        taken.Wait();
                    }
                    else
                    {
                        taken.Set();
                        Thread.Sleep(5);
                    }

                    Interlocked.Increment(ref done);
                }),
                2);
            Assert.AreEqual(2, done);
        }
    }

    [TestMethod]
    public void Ranges_cover_the_whole()
    {
        foreach (var (count, range) in new[] { (0, 5), (1, 5), (5, 5), (6, 5), (1003, 10) })
        {
            var seen = new int[count];
            RangeWork.Run(count, range, (start, length) =>
            {
                Assert.IsLessThanOrEqualTo(range, length);
                for (var i = start; i < start + length; i++)
                    Interlocked.Increment(ref seen[i]);
            });
            Assert.IsTrue(seen.All(times => times == 1));
        }
    }

    [TestMethod]
    public void A_lone_thread_does_all_its_works_and_others_keep_their_team()
    {
        Assert.AreSame(ThreadTeam.Shared, ThreadTeam.Current);
        using (ThreadTeam.UseAlone())
        {
            var inner = ThreadTeam.UseAlone();
            inner.Dispose();
            Assert.AreEqual(1, ThreadTeam.Current.Size);
            Assert.AreNotSame(ThreadTeam.Shared, ThreadTeam.Current);
            ThreadTeam? ofOther = null;
            var other = new Thread(() => ofOther = ThreadTeam.Current);
            other.Start();
            other.Join();
            Assert.AreSame(ThreadTeam.Shared, ofOther);

            var (caller, strangers) = (Environment.CurrentManagedThreadId, 0);
            RangeWork.Run(1000, 1, (_, _) => strangers += Environment.CurrentManagedThreadId == caller ? 0 : 1);
            Assert.AreEqual(0, strangers);
        }

        Assert.AreSame(ThreadTeam.Shared, ThreadTeam.Current);
    }

    private sealed class Counting(int parts) : TeamWork
    {
        public int[] Counts { get; } = new int[parts];

        public override void Run(int part) => Interlocked.Increment(ref Counts[part]);
    }

    private sealed class Delegated(Action<int> action) : TeamWork
    {
        public override void Run(int part) => action(part);
    }
}
