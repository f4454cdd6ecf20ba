using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Pretrained;

[TestClass]
public sealed class PretrainedRefusalTests
{
    private static readonly ConvNetArchitecture Network = NetworkArchitecture.ConvNet(3) with { Normalization = Normalization.None };
    private static readonly ImageShape Image = new(8, 8);

    private static NetworkTensor Kernels { get; } = new("blocks.0.conv.weight", [3, 1, 3, 3], new float[27]);

    private static NetworkTensor Biases { get; } = new("blocks.0.conv.bias", [3], new float[3]);

    [TestMethod]
    public void What_does_not_fit_is_named()
    {
        Fits([Kernels, Biases]);
        IsRefused([Kernels], "'blocks.0.conv.bias' is missing");
        IsRefused([Kernels, Biases with { Shape = [1, 3] }], "'blocks.0.conv.bias' has shape (1, 3) instead of (3)");
        IsRefused([Kernels, Biases, Biases with { Name = "extra.bias" }], "there is a tensor 'extra.bias'");
        IsRefused([Kernels with { Name = "features.0.weight" }, Biases], "no tensor 'blocks.0.conv.weight'");
        IsRefused([Kernels, Biases with { Values = new[] { 1, float.NaN, 1 } }], "'blocks.0.conv.bias' holds numbers that are not finite");
    }

    [TestMethod]
    public void Rules_and_patterns_must_match_something()
    {
        using var file = WeightFile.Safetensors([Kernels, Biases]);
        var weights = PretrainedWeights.FromSafetensors(file.Path);
        Refusal.Check("rule", () => (weights with { Names = [new("x.*", "*")] }).ReportFor(Network, Image), ["x.* -> *", "matches no tensor", file.Path]);
        Refusal.Check("pattern", () => (weights with { Unused = ["fc.*"] }).ReportFor(Network, Image), ["fc.*", "matches no tensor", file.Path]);
        Refusal.Check("blank", () => (weights with { Unused = [""] }).ReportFor(Network, Image), ["Unused"]);
    }

    [TestMethod]
    public void Files_of_other_kinds_and_changed_files_are_refused()
    {
        Assert.ThrowsExactly<FileNotFoundException>(() => PretrainedWeights.FromOnnx("no such file"));
        Assert.ThrowsExactly<FileNotFoundException>(() => PretrainedWeights.FromSafetensors("no such file"));
        using var text = new WeightFile("this is no network"u8.ToArray());
        AssertNames(text.Path, () => PretrainedWeights.FromOnnx(text.Path));
        AssertNames(text.Path, () => PretrainedWeights.FromSafetensors(text.Path));
        using var empty = new WeightFile([]);
        AssertNames(empty.Path, () => PretrainedWeights.FromOnnx(empty.Path));
        AssertNames(empty.Path, () => PretrainedWeights.FromSafetensors(empty.Path));

        using var file = WeightFile.Safetensors([Kernels, Biases]);
        var weights = PretrainedWeights.FromSafetensors(file.Path);
        using var other = WeightFile.Safetensors([Kernels, Biases with { Values = new float[] { 1, 2, 3 } }]);
        File.Copy(other.Path, file.Path, overwrite: true);
        Assert.Contains("has changed", Assert.ThrowsExactly<InvalidDataException>(() => weights.ReportFor(Network, Image)).Message);
        File.WriteAllBytes(file.Path, File.ReadAllBytes(other.Path)[..^4]);
        AssertNames(file.Path, () => PretrainedWeights.FromSafetensors(file.Path));
    }

    [TestMethod]
    public void Options_that_contradict_them_are_refused()
    {
        using var file = WeightFile.Safetensors([Kernels, Biases]);
        var weights = PretrainedWeights.FromSafetensors(file.Path) with { Pixels = new PixelScaling { Mean = [0], Deviation = [1] } };
        var options = new ArchitectureCase(Network, ArchitectureCase.Images).Options(RegularizationRecipe.None, 1) with { Pretrained = weights };
        Trainer(options);
        Refusal.Check("architecture", () => Trainer(options with { Architecture = null }), ["Pretrained", "Architecture is null"]);
        Refusal.Check("table", () => Trainer(options with { Architecture = NetworkArchitecture.Mlp(3) }), ["Pretrained", "Mlp"]);
        Refusal.Check("no pixels", () => Trainer(options with { Pretrained = weights with { Pixels = null } }), ["Pixels is null"]);
        Refusal.Check("pixels of texts", () => Trainer(options with { Architecture = NetworkArchitecture.TextTransformer() }), ["Pixels is", "reads none"]);
        Refusal.Check("scaling", () => Trainer(options with { InputScaling = InputScaling.None }), ["InputScaling is None"]);
        Refusal.Check("deviation", () => Trainer(options with { Pretrained = weights with { Pixels = new PixelScaling { Mean = [1], Deviation = [0] } } }), ["Pixels", "above 0"]);
        Refusal.Check("counts", () => Trainer(options with { Pretrained = weights with { Pixels = new PixelScaling { Mean = [1, 2], Deviation = [1] } } }), ["Pixels", "1, 2"]);
        Refusal.Check("rule", () => Trainer(options with { Pretrained = weights with { Names = [new("", "x")] } }), ["Names"]);

        var rows = new MLContext().Data.LoadFromEnumerable(InputExample.Of(20));
        Refusal.Check("channels", () => Trainer(options with { Pretrained = weights with { Pixels = PixelScaling.ImageNet } }).Fit(rows), ["Pixels", "3 channels"]);
        Refusal.Check("other network", () => Trainer(options with { Architecture = Network with { Channels = [4] } }).Fit(rows), [file.Path, "(3, 1, 3, 3) instead of (4, 1, 3, 3)"]);
    }

    private static IEstimator<ITransformer> Trainer(NeuralNetworkOptions options) => EveryTask.Trainer(new MLContext(seed: 1), LearningTask.Regression, options);

    private static void Fits(NetworkTensor[] tensors)
    {
        using var file = WeightFile.Safetensors(tensors);
        Assert.HasCount(2, PretrainedWeights.FromSafetensors(file.Path).ReportFor(Network, Image).Taken);
    }

    private static void IsRefused(NetworkTensor[] tensors, string fragment)
    {
        using var file = WeightFile.Safetensors(tensors);
        var error = Assert.ThrowsExactly<InvalidDataException>(() => PretrainedWeights.FromSafetensors(file.Path).ReportFor(Network, Image));
        Assert.Contains(fragment, error.Message);
        Assert.Contains(file.Path, error.Message);
        Assert.Contains("ConvNet", error.Message);
    }

    private static void AssertNames(string path, Action action) => Assert.Contains(path, Assert.ThrowsExactly<InvalidDataException>(action).Message);
}
