using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks;

/// <summary>Finds tensors that were made and not disposed.</summary>
internal static class LiveTensors
{
    /// <summary>How many there are once finalizers are done: what earlier tests left to them must not be counted as disposed by this one.</summary>
    public static long Settled()
    {
        long before;
        do
        {
            before = torch.Tensor.TotalCount;
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        while (torch.Tensor.TotalCount != before);

        return before;
    }

    /// <summary>How many more tensors there are after the action than before.</summary>
    public static long LeftBy(Action action)
    {
        var before = Settled();
        action();
        return torch.Tensor.TotalCount - before;
    }
}
