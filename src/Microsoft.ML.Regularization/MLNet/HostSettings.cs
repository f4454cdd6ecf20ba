using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>What an <see cref="MLContext"/> was set to.</summary>
internal static class HostSettings
{
    /// <summary>The context's seed; null where it has none.</summary>
    public static int? ContextSeed(this IHostEnvironment env) => (env as IHostEnvironmentInternal)?.Seed;

    /// <summary>See <see cref="MLContext.GpuDeviceId"/>.</summary>
    public static int? GpuDeviceId(this IHostEnvironment env) => ((IHostEnvironmentInternal)env).GpuDeviceId;

    /// <summary>See <see cref="MLContext.FallbackToCpu"/>.</summary>
    public static bool FallsBackToCpu(this IHostEnvironment env) => ((IHostEnvironmentInternal)env).FallbackToCpu;

    /// <summary>Whether <see cref="MLContext.CancelExecution"/> was called.</summary>
    public static bool IsCancelled(this IHostEnvironment? env) => env is ICancelable { IsCanceled: true };
}
