namespace Microsoft.ML.Regularization.Tests.Networks.Transformers;

[TestClass]
public sealed class VisionTransformerArchitectureTests
{
    private static readonly ImageShape Photograph = new(224, 224, 3);

    [TestMethod]
    public void Its_parameters_are_those_of_the_literature()
    {
        Assert.AreEqual(86_567_656, NetworkArchitecture.VisionTransformer(16, 768, 12, 12).ParameterCount(Photograph, 1000));
        Assert.AreEqual(22_050_664, NetworkArchitecture.VisionTransformer(16, 384, 12, 6).ParameterCount(Photograph, 1000));
        Assert.AreEqual(5_717_416, NetworkArchitecture.VisionTransformer(16, 192, 12, 3).ParameterCount(Photograph, 1000));
    }

    [TestMethod]
    public void The_smallest_of_the_literature_has_them_in_its_layers()
    {
        using var network = Create(NetworkArchitecture.VisionTransformer(16, 192, 12, 3), Photograph, 1000);

        Assert.AreEqual(5_717_416, network.parameters().Sum(parameter => parameter.numel()));
    }

    [TestMethod]
    [DataRow(TokenPooling.ClassToken, 4.0)]
    [DataRow(TokenPooling.Mean, 4.0)]
    [DataRow(TokenPooling.Mean, 1.5)]
    public void What_is_counted_is_what_is_made(TokenPooling pooling, double ratio)
    {
        var architecture = NetworkArchitecture.VisionTransformer(2, 6, 3, 2) with { Pooling = pooling, MlpRatio = ratio };
        var image = new ImageShape(4, 6, 2);
        using var network = Create(architecture, image, 3);

        Assert.AreEqual(architecture.ParameterCount(image, 3), network.parameters().Sum(parameter => parameter.numel()));
    }

    [TestMethod]
    public void Images_that_patches_do_not_cover_are_refused_by_both_names()
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Create(NetworkArchitecture.VisionTransformer(5), new ImageShape(10, 28), 3));

        StringAssert.Contains(error.Message, "PatchSize is 5");
        StringAssert.Contains(error.Message, new ImageShape(10, 28).ToString());
    }

    [TestMethod]
    public void Options_out_of_range_are_refused_by_name()
    {
        AssertRefused(new VisionTransformerArchitecture { PatchSize = 0 }, "PatchSize");
        AssertRefused(new VisionTransformerArchitecture { Width = 0 }, "Width");
        AssertRefused(new VisionTransformerArchitecture { Depth = 0 }, "Depth");
        AssertRefused(new VisionTransformerArchitecture { Heads = 3 }, "Heads is 3 and Width is 128");
        AssertRefused(new VisionTransformerArchitecture { MlpRatio = double.NaN }, "MlpRatio");
        AssertRefused(new VisionTransformerArchitecture { Pooling = (TokenPooling)9 }, "Pooling");
        new VisionTransformerArchitecture().Validate(new MLContext());

        static void AssertRefused(NetworkArchitecture architecture, string part) => StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => architecture.Validate(new MLContext())).Message, part);
    }

    [TestMethod]
    public void Alpha_dropout_is_refused_and_stochastic_depth_is_not()
    {
        var context = new MLContext();
        var architecture = NetworkArchitecture.VisionTransformer();
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => architecture.CheckRecipe(context, RegularizationRecipe.None with { Dropout = new AlphaDropout(0.1) }));

        architecture.CheckRecipe(context, RegularizationRecipe.VisionTransformer);
        architecture.CheckRecipe(context, RegularizationRecipe.None with { AdversarialTraining = AdversarialTraining.Fgsm(0.1) });
    }

    private static Network Create(NetworkArchitecture architecture, ImageShape image, int outputs) => architecture.CreateNetwork(
        new InputLayout { Numbers = image.Height * image.Width * image.Channels, Image = image }, outputs,
        new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
}
