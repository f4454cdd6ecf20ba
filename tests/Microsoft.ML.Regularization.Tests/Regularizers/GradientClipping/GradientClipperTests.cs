namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class GradientClipperTests
{
    [TestMethod]
    public void Each_option_has_its_clipper()
    {
        using var network = NetworkArchitecture.Mlp().CreateNetwork(64, 1, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        using var parameters = new FlatParameters(network);
        Assert.IsNull(GradientClipper.Create(null, parameters));
        Assert.IsInstanceOfType<NormClipper>(GradientClipper.Create(GradientClipping.ByNorm(), parameters));
        Assert.IsInstanceOfType<ValueClipper>(GradientClipper.Create(GradientClipping.ByValue(), parameters));
    }

    /// <summary>Clips a gradient inside the flat parameters of a network, as training does.</summary>
    internal static float[] Clip(GradientClipping options, float[] gradient, bool useSpans)
    {
        using var network = NetworkArchitecture.Mlp().CreateNetwork(64, 1, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        using var parameters = new FlatParameters(network, useSpans);
        gradient.CopyTo(parameters.GradientSpan);

        GradientClipper.Create(options, parameters)!.AfterGradient(GradientNorm.Of(parameters));

        Assert.IsFalse(parameters.GradientSpan[gradient.Length..].ContainsAnyExcept(0f));
        return parameters.GradientSpan[..gradient.Length].ToArray();
    }
}
