namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class GradientClipperTests
{
    [TestMethod]
    public void Each_option_has_its_clipper()
    {
        using var network = NetworkArchitecture.Mlp().CreateNetwork(64, 1, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        using var parameters = new FlatParameters(network);
        Assert.IsInstanceOfType<NormClipper>(GradientClipping.ByNorm().CreateClipper(parameters));
        Assert.IsInstanceOfType<ValueClipper>(GradientClipping.ByValue().CreateClipper(parameters));
    }

    /// <summary>Clips a gradient inside the flat parameters of a network, as training does.</summary>
    internal static float[] Clip(GradientClipping options, float[] gradient, bool useSpans)
    {
        using var network = NetworkArchitecture.Mlp().CreateNetwork(64, 1, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        using var parameters = new FlatParameters(network, useSpans);
        gradient.CopyTo(parameters.GradientSpan);

        options.CreateClipper(parameters).AfterGradient(GradientNorm.Of(parameters));

        Assert.IsFalse(parameters.GradientSpan[gradient.Length..].ContainsAnyExcept(0f));
        return parameters.GradientSpan[..gradient.Length].ToArray();
    }
}
