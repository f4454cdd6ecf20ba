namespace Microsoft.ML.Regularization.Search;

/// <summary>Runs one trial after the other in this process.</summary>
internal sealed class InProcessExecutor : ITrialExecutor
{
    public int Slots => 1;

    public Task<TrialResult> RunAsync(TrialRequest request, TrialRunner runner, CancellationToken cancellationToken) => Task.Factory.StartNew(
        () => runner.Run(request, progress: null, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
