using TorchSharp;

namespace Microsoft.ML.Regularization.Tests;

/// <summary>Finds tensors that were made and not disposed.</summary>
internal static class LiveTensors
{
    /// <summary>How many more tensors there are after the action than before.</summary>
    public static long LeftBy(Action action)
    {
        // What earlier tests left to the finalizers must not be counted as disposed by this one.
        long before;
        do
        {
            before = torch.Tensor.TotalCount;
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        while (torch.Tensor.TotalCount != before);

        action();
        return torch.Tensor.TotalCount - before;
    }
}
