namespace Microsoft.ML.Regularization.Networks;

/// <summary>Rows become maps (batch, channels, height, width): see <see cref="Tensors.FeatureMaps"/>.</summary>
/// <param name="Image">How the numbers make an image.</param>
internal sealed record FeatureMapsDescription(ImageShape Image) : LayerDescription;

/// <summary>A convolution of maps: see <see cref="ConvolutionLayer"/>.</summary>
/// <param name="Name">The layer's name among the network's tensors.</param>
/// <param name="Inputs">Maps before it.</param>
/// <param name="Outputs">Maps behind it.</param>
/// <param name="Stride">Places from one result to the next.</param>
/// <param name="HasBias">Whether it has biases.</param>
internal sealed record ConvolutionDescription(string Name, int Inputs, int Outputs, int Stride, bool HasBias) : LayerDescription
{
    /// <summary>Height and width of its kernels.</summary>
    public int Size { get; init; } = ConvolutionLayer.KernelSize;

    public override IEnumerable<(string Name, long[] Shape)> Tensors
    {
        get
        {
            yield return (Name + ".weight", [Outputs, Inputs, Size, Size]);
            if (HasBias)
                yield return (Name + ".bias", [Outputs]);
        }
    }
}

/// <summary>A layer of maps whose step at scoring does not depend on its neighbours.</summary>
internal abstract record MapDescription : LayerDescription
{
    /// <param name="parts">The network's weights.</param>
    /// <param name="inputs">The size of the maps before it.</param>
    public abstract MapStep CreateStep(TrainedParts parts, MapSize inputs);
}

/// <summary>A normalization of maps: see <see cref="Normalizations.OfMaps"/>.</summary>
/// <param name="Name">The layer's name among the network's tensors.</param>
/// <param name="Normalization">The kind, not <see cref="Normalization.None"/>.</param>
/// <param name="Channels">Maps.</param>
internal sealed record MapNormalizationDescription(string Name, Normalization Normalization, int Channels) : MapDescription
{
    public NormalizationFunction Read(TrainedParts parts) => NormalizationFunction.Read(parts.Context, parts.Weights, new NormalizationDescription(Name, Normalization, Channels));

    public override MapStep CreateStep(TrainedParts parts, MapSize inputs) => new MapNormalizationStep(Read(parts), inputs);

    public override IEnumerable<(string Name, long[] Shape)> Tensors =>
        from part in Normalization == Normalization.Batch ? (string[])["weight", "bias", "running_mean", "running_var"] : ["weight", "bias"]
        select ($"{Name}.{part}", new long[] { Channels });
}

/// <summary>Maps become half as high and wide, rounded down.</summary>
/// <param name="Pooling">Max or average.</param>
internal sealed record PoolingDescription(Pooling Pooling) : MapDescription
{
    public override MapStep CreateStep(TrainedParts parts, MapSize inputs) => PoolingStep.Of(Pooling, inputs);
}

/// <summary>The largest of each 3 x 3 places with a rim, every second one in height and width: see <see cref="Tensors.FeatureMaps.HalfByLargest"/>.</summary>
internal sealed record OverlappingPoolDescription : MapDescription
{
    public override MapStep CreateStep(TrainedParts parts, MapSize inputs) => PoolingStep.Overlapping(inputs);
}

/// <summary>Maps of another height and width: see <see cref="Tensors.FeatureMaps.Resized"/>.</summary>
/// <param name="Side">Both.</param>
internal sealed record ResizeDescription(int Side) : MapDescription
{
    public override MapStep CreateStep(TrainedParts parts, MapSize inputs) =>
        (inputs.Height, inputs.Width) == (Side, Side) ? new SameMapsStep(inputs) : new ResizeStep(Side, inputs);
}

/// <summary>Maps become rows: of the mean of each, or of all places, channel by channel.</summary>
/// <param name="Flattens">Whether all places stay.</param>
internal sealed record MapEndDescription(bool Flattens) : LayerDescription;

/// <summary>What <see cref="LayerList"/> has for maps.</summary>
internal static class MapLayers
{
    /// <summary>A convolution: see <see cref="ConvolutionLayer.Create"/>.</summary>
    public static LayerList Convolution(this LayerList layers, string name, int inputs, int outputs, Normalization normalization, int stride = 1, int size = ConvolutionLayer.KernelSize) =>
        layers.Add(new ConvolutionDescription(name, inputs, outputs, stride, HasBias: normalization != Normalization.Batch) { Size = size });

    /// <summary>A normalization; nothing for none.</summary>
    public static LayerList NormalizeMaps(this LayerList layers, string name, Normalization normalization, int channels) =>
        normalization == Normalization.None ? layers : layers.Add(new MapNormalizationDescription(name, normalization, channels));
}
