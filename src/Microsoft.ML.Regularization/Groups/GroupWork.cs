using Microsoft.ML.Regularization.Ensembles;

namespace Microsoft.ML.Regularization.Groups;

/// <summary>Trains networks of groups on all processors, each on one thread, so that its numbers do not depend on how many there are.</summary>
/// <param name="options">Have who is told, and what cancels.</param>
internal sealed class GroupWork(GroupOptions options) : IDisposable
{
    private readonly CohortWorkers _workers = new(CohortWorkers.CountFor(TorchSharp.torch.CPU), TorchSharp.torch.CPU);

    /// <param name="count">How many networks there are.</param>
    /// <param name="isComparing">What they are for.</param>
    /// <param name="train">Trains one, by its number from 0.</param>
    public void Run(int count, bool isComparing, Action<int> train)
    {
        var done = 0;
        _workers.Run(count, item =>
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            train(item);
            options.Progress?.Report(new GroupProgress(Interlocked.Increment(ref done), count, isComparing));
        });
    }

    public void Dispose() => _workers.Dispose();
}
