using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests;

[TestClass]
public sealed class LibTorchTests
{
    [TestMethod]
    public void The_library_that_the_program_brings_is_found() => LibTorch.CheckAvailable(new MLContext());

    [TestMethod]
    public void Without_a_gpu_in_the_context_the_device_is_the_cpu() => Assert.AreEqual(DeviceType.CPU, Choose(new MLContext(), out _).type);

    [TestMethod]
    public void A_gpu_that_does_not_exist_is_an_error_that_names_it()
    {
        var exception = Assert.ThrowsExactly<InvalidOperationException>(() => Choose(new MLContext { GpuDeviceId = 4321, FallbackToCpu = false }, out _));

        Assert.Contains("4321", exception.Message);
    }

    [TestMethod]
    public void Falling_back_to_the_cpu_is_announced()
    {
        Assert.AreEqual(DeviceType.CPU, Choose(new MLContext { GpuDeviceId = 4321, FallbackToCpu = true }, out var messages).type);
        Assert.IsTrue(messages.Exists(message => message.Contains("4321", StringComparison.Ordinal)));
    }

    private static torch.Device Choose(MLContext context, out List<string> messages)
    {
        var log = messages = [];
        context.Log += (_, entry) => log.Add(entry.RawMessage);
        IHostEnvironment env = context;
        var host = env.Register("Test");
        using var channel = host.Start("Test");
        return LibTorch.ChooseDevice(host, channel);
    }
}
