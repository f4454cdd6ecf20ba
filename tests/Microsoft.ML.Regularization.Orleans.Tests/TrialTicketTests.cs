namespace Microsoft.ML.Regularization.Orleans.Tests;

/// <summary>When a worker loses its trial, by a clock that tests move.</summary>
[TestClass]
public sealed class TrialTicketTests
{
    private static readonly TimeSpan Little = TimeSpan.FromTicks(1);
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StallTime = TimeSpan.FromSeconds(25);

    private readonly FakeClock _clock = new();
    private readonly TrialTicket _ticket;

    public TrialTicketTests()
    {
        var request = new TrialRequest
        {
            Folder = "folder",
            Fingerprint = "any",
            Trial = new Trial { Number = 1 },
            Share = 1,
            Metric = ValidationMetric.Loss,
            Seed = 1,
            CheckpointInterval = TimeSpan.Zero,
            StallTime = StallTime,
        };
        _ticket = new TrialTicket(new AskedTrial("ticket", request.ToJson(), LeaseTime, 3, TimeSpan.FromMinutes(2)), _clock);
    }

    [TestMethod]
    public void A_worker_that_is_silent()
    {
        Assert.IsNull(_ticket.Fault);
        _ticket.GiveTo("one");
        _clock.Advance(LeaseTime);
        Assert.IsNull(_ticket.Fault);
        _clock.Advance(Little);
        Assert.AreEqual("Its worker fell silent.", _ticket.Fault);
        _ticket.TakeBack();
        Assert.IsTrue(_ticket.IsWaiting);
        Assert.AreEqual(1, _ticket.Deaths);
    }

    [TestMethod]
    public void A_worker_that_tells_of_itself_but_ends_no_epoch()
    {
        _ticket.GiveTo("one");
        TellFor(StallTime, epochs: 0);
        Assert.IsNull(_ticket.Fault);
        TellFor(StallTime, epochs: 1);
        Assert.IsNull(_ticket.Fault, "an epoch has ended");
        TellFor(TimeSpan.FromSeconds(6), epochs: 1);
        Assert.AreEqual("No epoch ended for 00:00:25 (StallTime).", _ticket.Fault);

        // Whoever has it next has all of the time.
        _ticket.TakeBack();
        _ticket.GiveTo("two");
        Assert.IsNull(_ticket.Fault);
    }

    [TestMethod]
    public void A_worker_that_does_not_end_when_it_is_interrupted()
    {
        _ticket.GiveTo("one");
        _ticket.Cancel();
        for (var epoch = 1; epoch <= 12; epoch++)
            TellFor(TimeSpan.FromSeconds(5), epoch);
        Assert.IsNull(_ticket.Fault);
        _ticket.Cancel();
        TellFor(TimeSpan.FromSeconds(5), epochs: 13);
        Assert.AreEqual("Its worker did not end when it was interrupted.", _ticket.Fault);
    }

    [TestMethod]
    public void A_worker_that_has_replied()
    {
        _ticket.GiveTo("one");
        _ticket.Reply.SetResult("");
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.IsNull(_ticket.Fault);
        Assert.IsFalse(_ticket.IsWaiting);
    }

    private void TellFor(TimeSpan time, int epochs)
    {
        for (var told = TimeSpan.Zero; told < time; told += TimeSpan.FromSeconds(5))
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            _ticket.Hear(epochs);
        }
    }
}
