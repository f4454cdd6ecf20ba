using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>The native library behind TorchSharp, which the program brings, and the device to run on.</summary>
internal static class LibTorch
{
    private static volatile bool s_isFound;

    /// <summary>Whether the program brings the native library.</summary>
    public static bool IsAvailable => WhyMissing() is null;

    /// <summary>Checks that there is libtorch to train an architecture.</summary>
    /// <exception cref="InvalidOperationException">The program brings no native library.</exception>
    public static void CheckTrains(IExceptionContext context, string architecture) =>
        CheckAvailable(context, $"The network {architecture} cannot be trained without");

    /// <summary>Checks that there is libtorch to score an architecture that needs it.</summary>
    /// <exception cref="InvalidOperationException">The program brings no native library.</exception>
    public static void CheckScores(IExceptionContext context, string architecture) =>
        CheckAvailable(context, $"The network {architecture} scores in");

    // Scripts and notebooks load assemblies out of the folder of packages, and there TorchSharp has to bring its libraries together.
    private static bool IsInteractive =>
        Path.GetDirectoryName(typeof(torch).Assembly.Location) is { Length: > 0 } folder
        && Path.GetFileName(Path.GetDirectoryName(folder)) == "lib"
        && folder.Contains("torchsharp", StringComparison.OrdinalIgnoreCase);

    // Where TorchSharp finds no library it prints what it tried, and copies one out of the folder of restored packages into the program's.
    private static void FindLibrary()
    {
        if (IsInteractive)
            return;

        // What the other one needs, by the names and in the order of TorchSharp.
        NativeLibrary.TryLoad("torch_cpu", typeof(torch).Assembly, null, out _);
        NativeLibrary.Load("LibTorchSharp", typeof(torch).Assembly, null);
    }

    private static void CheckAvailable(IExceptionContext context, string need)
    {
        if (WhyMissing() is not { } reason)
            return;

        var version = typeof(torch).Assembly.GetName().Version?.ToString(3);
        throw context.Except(
            reason,
            $"{need} libtorch, the native library of TorchSharp, which is missing or cannot be loaded. "
            + $"Add the package TorchSharp-cpu, or one of the TorchSharp-cuda packages, of version {version} to the program's project. "
            + "Models of multilayer perceptrons, residual ones too, score without it, and all data transforms work without it.");
    }

    private static Exception? WhyMissing()
    {
        // What has been found stays loaded.
        if (s_isFound)
            return null;

        try
        {
            FindLibrary();
            using var probe = FloatTensors.Zeros(1);
            s_isFound = true;
            return null;
        }
        catch (Exception exception) when (
            exception is TypeInitializationException or DllNotFoundException or NotSupportedException or FileNotFoundException
            or EntryPointNotFoundException or BadImageFormatException)
        {
            return exception;
        }
    }

    /// <summary>What runs where, and why: one line for the log.</summary>
    public static string Describe(IHostEnvironment env, Device device, int teamThreads, bool scoresInManagedCode)
    {
        var asked = env.GpuDeviceId() is { } gpu ? $"GpuDeviceId is {gpu}" : "GpuDeviceId is not set";
        var place = device.type == DeviceType.CPU ? $"{device} with {TrainingThreads.CountFor(teamThreads, device)} threads" : device.ToString();
        var scorer = scoresInManagedCode ? "managed code, without libtorch" : "libtorch, on the CPU";
        return $"Training runs in libtorch on {place} ({asked}, FallbackToCpu is {env.FallsBackToCpu()}); the model scores in {scorer}.";
    }

    /// <summary>The device that <see cref="MLContext.GpuDeviceId"/> and <see cref="MLContext.FallbackToCpu"/> ask for.</summary>
    /// <exception cref="InvalidOperationException">There is no such GPU, and falling back is not allowed.</exception>
    public static Device ChooseDevice(IHostEnvironment env, IChannel channel)
    {
        if (env.GpuDeviceId() is not { } gpu)
            return CPU;
        if (cuda.is_available() && gpu >= 0 && gpu < cuda.device_count())
            return device(DeviceType.CUDA, gpu);
        if (!env.FallsBackToCpu())
            throw env.Except($"GpuDeviceId is {gpu}, but libtorch sees {cuda.device_count()} CUDA devices, and FallbackToCpu is false.");

        channel.Warning($"GpuDeviceId is {gpu}, but libtorch sees {cuda.device_count()} CUDA devices: training on the CPU.");
        return CPU;
    }
}
