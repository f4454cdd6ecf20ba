namespace Microsoft.ML.Regularization.Search;

/// <summary>Interrupts a trial when it is asked to, when its time is over, or when it takes too much memory; and hands reports of its epochs on.</summary>
internal sealed class TrialWatch : IProgress<EpochReport>, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly IProgress<EpochReport>?[] _told;
    private readonly CancellationTokenSource _source;
    private readonly Timer? _memory;

    /// <param name="request">What the trial may take.</param>
    /// <param name="told">Who is told of epochs.</param>
    /// <param name="cancellationToken">Interrupts the trial.</param>
    public TrialWatch(TrialRequest request, IProgress<EpochReport>?[] told, CancellationToken cancellationToken)
    {
        _told = told;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (request.TimeLimit is { } limit)
            _source.CancelAfter(limit > TimeSpan.Zero ? limit : TimeSpan.Zero);
        if (request.MaxMegabytes is { } most)
        {
            var before = Environment.WorkingSet;
            _memory = new Timer(_ => Watch(before + ((long)most << 20)), state: null, Interval, Interval);
        }
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether it took more memory than it may.</summary>
    public bool IsTooLarge { get; private set; }

    public void Report(EpochReport value)
    {
        foreach (var one in _told)
            one?.Report(value);
    }

    public void Dispose()
    {
        _memory?.Dispose();
        _source.Dispose();
    }

    private void Watch(long most)
    {
        if (IsTooLarge || Environment.WorkingSet <= most)
            return;
        IsTooLarge = true;
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The trial has just ended.
        }
    }
}
