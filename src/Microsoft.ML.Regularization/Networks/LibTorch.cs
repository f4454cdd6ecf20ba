using Microsoft.ML.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>The native library behind TorchSharp, which the program brings, and the device to run on.</summary>
internal static class LibTorch
{
    /// <exception cref="InvalidOperationException">The program brings no native library.</exception>
    public static void CheckAvailable(IExceptionContext context)
    {
        try
        {
            using var probe = FloatTensors.Zeros(1);
        }
        catch (Exception exception) when (
            exception is TypeInitializationException or DllNotFoundException or NotSupportedException or FileNotFoundException
            or EntryPointNotFoundException or BadImageFormatException)
        {
            var version = typeof(torch).Assembly.GetName().Version?.ToString(3);
            throw context.Except(
                exception,
                "The native library of TorchSharp (libtorch) is missing or cannot be loaded, and a neural network cannot be trained without it. "
                + $"Add the package TorchSharp-cpu, or one of the TorchSharp-cuda packages, of version {version} to the program's project. "
                + "Scoring a multilayer perceptron, residual ones too, and all data transforms work without it.");
        }
    }

    /// <summary>What runs where, and why: one line for the log.</summary>
    public static string Describe(IHostEnvironment env, Device device, NetworkArchitecture architecture)
    {
        var settings = (IHostEnvironmentInternal)env;
        var asked = settings.GpuDeviceId is { } gpu ? $"GpuDeviceId is {gpu}" : "GpuDeviceId is not set";
        var place = device.type == DeviceType.CPU ? $"{device} with {get_num_threads()} threads" : device.ToString();
        var scorer = architecture.ScoresInManagedCode ? "managed code, without libtorch" : "libtorch, on the CPU";
        return $"Training runs in libtorch on {place} ({asked}, FallbackToCpu is {settings.FallbackToCpu}); the model scores in {scorer}.";
    }

    /// <summary>The device that <see cref="MLContext.GpuDeviceId"/> and <see cref="MLContext.FallbackToCpu"/> ask for.</summary>
    /// <exception cref="InvalidOperationException">There is no such GPU, and falling back is not allowed.</exception>
    public static Device ChooseDevice(IHostEnvironment env, IChannel channel)
    {
        var settings = (IHostEnvironmentInternal)env;
        if (settings.GpuDeviceId is not { } gpu)
            return CPU;
        if (cuda.is_available() && gpu >= 0 && gpu < cuda.device_count())
            return device(DeviceType.CUDA, gpu);
        if (!settings.FallbackToCpu)
            throw env.Except($"GpuDeviceId is {gpu}, but libtorch sees {cuda.device_count()} CUDA devices, and FallbackToCpu is false.");

        channel.Warning($"GpuDeviceId is {gpu}, but libtorch sees {cuda.device_count()} CUDA devices: training on the CPU.");
        return CPU;
    }
}
