using System.Globalization;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Microsoft.ML.Regularization.Orleans;

/// <inheritdoc cref="ISearchGrain"/>
[Reentrant]
internal sealed partial class SearchGrain(ILogger<SearchGrain> logger, TrialClock? clock = null) : Grain, ISearchGrain
{
    // Below the time after which Orleans takes a call for lost.
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    // A search that does not ask any more has died, and will ask anew when it is started again.
    private static readonly TimeSpan SearchPatience = TimeSpan.FromSeconds(60);

    // One that has just died is no other search any more.
    private static readonly TimeSpan SearchSilence = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time = clock?.Time ?? TimeProvider.System;
    private readonly Dictionary<string, TrialTicket> _tickets = [];
    private readonly HashSet<string> _forgotten = [];
    private readonly List<string> _waiting = [];
    private readonly Queue<TaskCompletionSource> _idle = new();
    private long _workerHeard;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _workerHeard = _time.GetTimestamp();
        this.RegisterGrainTimer(Watch, new GrainTimerCreationOptions(Tick, Tick) { Interleave = true });
        return base.OnActivateAsync(cancellationToken);
    }

    public async Task<string?> RunAsync(AskedTrial asked)
    {
        if (!_tickets.TryGetValue(asked.Ticket, out var ticket))
        {
            ticket = new TrialTicket(asked, _time);
            CheckAlone(ticket.Request.Folder);
            _tickets[asked.Ticket] = ticket;
            _forgotten.Remove(asked.Ticket);
            Offer(ticket);
        }

        ticket.Ask();
        if (_time.GetElapsedTime(_workerHeard) > asked.Patience + LongPoll)
            throw new InvalidOperationException($"No worker of the search '{this.GetPrimaryKeyString()}' has been heard of for {asked.Patience}: start silos with workers for it.");
        await Task.WhenAny(ticket.Reply.Task, Task.Delay(LongPoll)).ConfigureAwait(true);
        return ticket.Reply.Task.IsCompleted ? await ticket.Reply.Task.ConfigureAwait(true) : null;
    }

    public Task CancelAsync(string ticket)
    {
        if (_tickets.TryGetValue(ticket, out var known))
        {
            known.Cancel();
            if (known.IsWaiting)
            {
                _waiting.Remove(ticket);
                known.Reply.TrySetResult(new TrialReply { Error = "It was cancelled before a worker had it.", IsCancelled = true }.ToJson());
            }
        }

        return Task.CompletedTask;
    }

    public Task ForgetAsync(string ticket)
    {
        Drop(ticket);
        return Task.CompletedTask;
    }

    public async Task<LeasedTrial?> TakeAsync()
    {
        _workerHeard = _time.GetTimestamp();
        if (_waiting.Count == 0)
        {
            var offered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _idle.Enqueue(offered);
            await Task.WhenAny(offered.Task, Task.Delay(LongPoll)).ConfigureAwait(true);
            offered.TrySetResult();
        }

        if (_waiting.Count == 0)
            return null;
        var ticket = _tickets[_waiting[0]];
        _waiting.RemoveAt(0);
        ticket.GiveTo(Guid.NewGuid().ToString("N"));
        return new LeasedTrial(ticket.Asked, ticket.Lease!);
    }

    public Task<WorkerOrder> HeartbeatAsync(LeasedTrial leased, int epochs)
    {
        _workerHeard = _time.GetTimestamp();

        if (_forgotten.Contains(leased.Asked.Ticket))
            return Task.FromResult(WorkerOrder.Abandon);

        // A grain that was made anew learns of running trials from their workers, and of others from the search.
        var ticket = Adopt(leased);
        if (ticket.Lease != leased.Lease || ticket.Reply.Task.IsCompleted)
            return Task.FromResult(WorkerOrder.Abandon);
        ticket.Hear(epochs);
        return Task.FromResult(ticket.IsCancelled ? WorkerOrder.Interrupt : WorkerOrder.GoOn);
    }

    public Task CompleteAsync(LeasedTrial leased, string reply)
    {
        if (!_forgotten.Contains(leased.Asked.Ticket) && Adopt(leased) is var ticket && ticket.Lease == leased.Lease)
            ticket.Reply.TrySetResult(reply);
        return Task.CompletedTask;
    }

    private TrialTicket Adopt(LeasedTrial leased)
    {
        if (!_tickets.TryGetValue(leased.Asked.Ticket, out var ticket))
            _tickets[leased.Asked.Ticket] = ticket = new TrialTicket(leased.Asked, _time);
        if (ticket is { IsWaiting: true, Deaths: 0 })
        {
            _waiting.Remove(leased.Asked.Ticket);
            ticket.GiveTo(leased.Lease);
        }

        return ticket;
    }

    private void CheckAlone(string folder)
    {
        if (_tickets.Values.FirstOrDefault(other => other.IsAsked && other.Unasked < SearchSilence && other.Request.Folder != folder) is { } other)
        {
            throw new InvalidOperationException(
                $"Another search, in the folder '{other.Request.Folder}', is going on under the name '{this.GetPrimaryKeyString()}': wait for its end, or take another Name for workers "
                + "and search.");
        }
    }

    private void Offer(TrialTicket ticket)
    {
        _waiting.Add(ticket.Asked.Ticket);
        while (_idle.TryDequeue(out var worker))
        {
            if (worker.TrySetResult())
                break;
        }
    }

    private void Drop(string ticket)
    {
        _waiting.Remove(ticket);
        _tickets.Remove(ticket);
        _forgotten.Add(ticket);
    }

    private Task Watch(CancellationToken cancellationToken)
    {
        foreach (var (name, ticket) in _tickets.ToList())
        {
            if (ticket.Unasked > SearchPatience)
                Drop(name);
            else if (ticket.Fault is { } fault)
                TakeBack(ticket, fault);
        }

        return Task.CompletedTask;
    }

    private void TakeBack(TrialTicket ticket, string fault)
    {
        ticket.TakeBack();
        LogFault(logger, this.GetPrimaryKeyString(), ticket.Request.Trial.Number, fault, ticket.Deaths, ticket.Asked.MaxDeaths);
        if (ticket.IsCancelled)
        {
            ticket.Reply.TrySetResult(new TrialReply { Error = fault, IsCancelled = true }.ToJson());
        }
        else if (ticket.Deaths >= ticket.Asked.MaxDeaths)
        {
            ticket.Reply.TrySetResult(new TrialReply
            {
                Result = new TrialResult
                {
                    Trial = ticket.Request.Trial,
                    Share = ticket.Request.Share,
                    HasEnded = true,
                    Failure = string.Create(CultureInfo.InvariantCulture, $"{fault} Tries: {ticket.Deaths}."),
                },
            }.ToJson());
        }
        else
        {
            Offer(ticket);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The search '{Search}' takes trial {Trial} from its worker ({Deaths} of {MaxDeaths}). {Fault}")]
    private static partial void LogFault(ILogger logger, string search, int trial, string fault, int deaths, int maxDeaths);
}
