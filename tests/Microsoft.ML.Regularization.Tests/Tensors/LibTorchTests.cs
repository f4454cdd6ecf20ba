using Microsoft.ML.Regularization.Tests.Networks.Custom;
using Microsoft.ML.Regularization.Tests.Trainers;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Tensors;

[TestClass]
public sealed class LibTorchTests
{
    [TestMethod]
    public void The_library_that_the_program_brings_is_found()
    {
        LibTorch.CheckTrains(new MLContext(), "Mlp(4)");
        LibTorch.CheckScores(new MLContext(), "Lstm(128)");
    }

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

    [TestMethod]
    public void Every_fit_says_once_what_runs_where_and_why()
    {
        var threads = torch.get_num_threads();
        var managed = Describe(new MLContext(seed: 1), NetworkArchitecture.Mlp(4));
        Assert.AreEqual(
            $"Training runs in libtorch on cpu with {threads} threads (GpuDeviceId is not set, FallbackToCpu is False); "
            + "the model scores in managed code, without libtorch.",
            managed);

        var custom = Describe(new MLContext(seed: 1) { GpuDeviceId = 4321, FallbackToCpu = true }, NetworkArchitecture.Custom(new NormalizedNetwork()));
        Assert.Contains("cpu", custom);
        Assert.Contains("GpuDeviceId is 4321", custom);
        Assert.Contains("the model scores in libtorch, on the CPU.", custom);
    }

    [TestMethod]
    public void A_fit_on_a_gpu_that_does_not_exist_is_refused()
    {
        var ml = new MLContext { GpuDeviceId = 4321, FallbackToCpu = false };

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => ml.Fit(SmallNetwork.Options, ml.Rows(20)));
        Assert.Contains("GpuDeviceId is 4321", error.Message);
        Assert.Contains("FallbackToCpu is false", error.Message);
    }

    private static string Describe(MLContext ml, NetworkArchitecture architecture)
    {
        var log = new List<string>();
        ml.Log += (_, entry) => log.Add(entry.RawMessage);
        ml.Fit(SmallNetwork.Options with { Architecture = architecture, MaxEpochs = 1, Recipe = RegularizationRecipe.None }, ml.Rows(20));
        return log.Single(message => message.StartsWith("Training runs in", StringComparison.Ordinal));
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
