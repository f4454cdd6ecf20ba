using System.Threading.Channels;

namespace WebService;

/// <summary>Trains the model on in the background, when asked or when enough became known, and swaps it in only if it is better on rows that no training saw.</summary>
internal sealed class Retraining(ModelStore models, FeedbackStore feedback, CreditModel training, ServiceMetrics metrics, ILogger<Retraining> logger) : BackgroundService
{
    /// <summary>So many new credits start a training by themselves.</summary>
    public const int EnoughFeedback = 50;

    // One that waits is enough: it will see all that came meanwhile.
    private readonly Channel<bool> _asked = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private long _seen = feedback.Count();

    /// <summary>Asks for a training; it begins when the one that runs has ended.</summary>
    public void Ask() => _asked.Writer.TryWrite(true);

    /// <summary>Called for each credit that came.</summary>
    public void Notice(long count)
    {
        if (count - Interlocked.Read(ref _seen) >= EnoughFeedback)
            Ask();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in _asked.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await Task.Run(Retrain, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.Failed(logger, exception, models.Current?.Number);
            }
        }
    }

    private void Retrain()
    {
        var rows = feedback.Read();
        Interlocked.Exchange(ref _seen, rows.Count);
        if (models.Current is not { } served)
            return;
        var number = 0;
        var newer = training.TrainOn(served.Model, rows, save => number = models.Add(save));
        var (before, after) = (training.LossOf(served.Model, rows), training.LossOf(newer, rows));
        metrics.Trained();
        Log.IsTrained(logger, number, after, served.Number, before);
        if (after < before)
            models.Activate(number);
    }
}
