namespace Microsoft.ML.Regularization.Tests.Networks.Transformers;

[TestClass]
public sealed class TextTransformerArchitectureTests
{
    [TestMethod]
    [DataRow(TokenPooling.ClassToken, 4.0)]
    [DataRow(TokenPooling.Mean, 4.0)]
    [DataRow(TokenPooling.Mean, 0.5)]
    public void What_is_counted_is_what_is_made(TokenPooling pooling, double ratio)
    {
        var architecture = NetworkArchitecture.TextTransformer(6, 3, 2, 7) with { Pooling = pooling, MlpRatio = ratio };
        var text = new TextInput(7, 11);
        using var network = architecture.CreateNetwork(
            new InputLayout { Text = text }, 3, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));

        Assert.AreEqual(architecture.ParameterCount(text, 3), network.parameters().Sum(parameter => parameter.numel()));
    }

    /// <summary>12 w^2 + 13 w a block, and the rest by hand.</summary>
    [TestMethod]
    public void The_default_has_the_parameters_of_its_formula() => Assert.AreEqual(
        1002 * 128 + 64 * 128 + 2 * (12 * 128 * 128 + 13 * 128) + 2 * 128 + 128 * 5 + 5,
        NetworkArchitecture.TextTransformer().ParameterCount(new TextInput(64, 1000), 5));

    [TestMethod]
    public void Attacks_on_texts_are_refused_and_say_why()
    {
        var recipe = RegularizationRecipe.None with { AdversarialTraining = AdversarialTraining.Fgsm(0.1) };

        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => NetworkArchitecture.TextTransformer().CheckRecipe(new MLContext(), recipe));

        StringAssert.Contains(error.Message, "AdversarialTraining");
        StringAssert.Contains(error.Message, "TextTransformer");
        StringAssert.Contains(error.Message, "cannot be moved");
    }

    [TestMethod]
    public void Tables_that_no_memory_holds_are_refused_before_they_are_made()
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => NetworkArchitecture.TextTransformer(1024).CreateNetwork(
            new InputLayout { Text = new TextInput(64, 1_000_000) }, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1))));

        StringAssert.Contains(error.Message, "1000000");
    }

    [TestMethod]
    public void Maximum_length_out_of_range_is_refused()
    {
        foreach (var length in new[] { 0, 8193 })
        {
            var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
                () => NetworkArchitecture.TextTransformer(maxLength: length).Validate(new MLContext()));
            StringAssert.Contains(error.Message, "MaxLength");
        }
    }
}
