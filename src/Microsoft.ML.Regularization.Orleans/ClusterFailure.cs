namespace Microsoft.ML.Regularization.Orleans;

/// <summary>What a call throws whose silo dies, or has died, or cannot be reached: calling again helps.</summary>
internal static class ClusterFailure
{
    public static bool Is(Exception exception) => exception is OrleansException or TimeoutException or ObjectDisposedException or OperationCanceledException;
}
