namespace Microsoft.ML.Regularization.Networks;

/// <summary>The gradients of the layers that members inside a network have to themselves.</summary>
internal static class MemberGradients
{
    /// <summary>That of a layer; null where it is another.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="parts">The parts of the network that scoring needs.</param>
    public static LayerGradient? Of(LayerDescription layer, TrainedParts parts) => layer switch
    {
        MemberFactorDescription factors => new MemberFactorGradient(factors.Members, Read(parts, factors.Name + ".factor", factors.Members, factors.Width)),
        MemberOutputDescription output => new MemberOutputGradient(
            output.Members,
            Read(parts, output.Name + ".weight", (long)output.Members * output.Outputs, output.Inputs),
            Read(parts, output.Name + ".bias", (long)output.Members * output.Outputs)),
        MemberMeanDescription mean => new MemberMeanGradient(parts.Outputs, mean.Members, mean.AreLogits),
        _ => null,
    };

    private static float[] Read(TrainedParts parts, string name, params long[] shape) => parts.Weights.Read(parts.Context, name, shape);
}
