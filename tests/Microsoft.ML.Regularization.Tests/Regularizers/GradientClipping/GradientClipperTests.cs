namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class GradientClipperTests
{
    [TestMethod]
    public void Each_option_has_its_clipper()
    {
        Assert.IsNull(GradientClipper.Create(null));
        Assert.IsInstanceOfType<NormClipper>(GradientClipper.Create(GradientClipping.ByNorm()));
        Assert.IsInstanceOfType<ValueClipper>(GradientClipper.Create(GradientClipping.ByValue()));
    }

    /// <summary>Clips a gradient inside the flat parameters of a network, as training does.</summary>
    internal static float[] Clip(GradientClipping options, float[] gradient, bool useSpans)
    {
        using var network = NetworkArchitecture.Mlp().CreateNetwork(64, 1, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        using var parameters = new FlatParameters(network, useSpans);
        gradient.CopyTo(parameters.GradientSpan);

        GradientClipper.Create(options)!.Clip(parameters, GradientNorm.Of(parameters));

        Assert.IsFalse(parameters.GradientSpan[gradient.Length..].ContainsAnyExcept(0f));
        return parameters.GradientSpan[..gradient.Length].ToArray();
    }
}
