using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// A plain convolutional network for images: for each number of channels a block of convolution 3 x 3 with zero padding, normalization, activation, noise and
/// pooling by two; then the mean of each map (Lin, Chen and Yan, "Network in network", 2014), an optional hidden layer, and linear to the outputs.
/// </summary>
/// <remarks>
/// Shapes: the image (channels, height, width), after block i <c>(Channels[i], height / 2^(i + 1), width / 2^(i + 1))</c>, each half rounded down (rounded up
/// with <see cref="Pooling.Stride"/>). Parameters: for each block <c>9 in * out</c>, then <c>2 out</c> for batch normalization, <c>3 out</c> for layer
/// normalization or <c>out</c> for none; <c>in * hidden + hidden</c> for a hidden layer, and <c>2 hidden</c> more where it is normalized;
/// <c>in * out + out</c> for the outputs. Convolutions have biases except before batch normalization, which would cancel them. Weights start uniform with
/// variance <c>gain^2 / (9 in)</c> (He, Zhang, Ren and Sun, 2015).
/// </remarks>
[UnionCase("ConvNet")]
public sealed record ConvNetArchitecture : ConvolutionalArchitecture
{
    /// <summary>Feature maps of each block, from input to output, each from 1 to 4096; at least one block. Default: 32, 64, 128.</summary>
    public ValueList<int> Channels { get; init; } = [32, 64, 128];

    /// <summary>Default: <see cref="Activation.ReLU"/>.</summary>
    public Activation Activation { get; init; } = Activation.ReLU;

    /// <summary>
    /// The normalization after each convolution and the hidden layer. <see cref="Normalization.Batch"/> takes each map over rows and places,
    /// <see cref="Normalization.Layer"/> each row over all maps and places, with scale and shift by map. Default: <see cref="Normalization.Batch"/>.
    /// </summary>
    public Normalization Normalization { get; init; } = Normalization.Batch;

    /// <summary>How each block halves its maps at its end. Default: <see cref="Pooling.Max"/>.</summary>
    public Pooling Pooling { get; init; } = Pooling.Max;

    /// <summary>
    /// Whether the layers after the blocks receive every position of the last maps instead of the mean of each map. This keeps spatial information, and
    /// multiplies the weights of the next layer by the number of positions. Default: false.
    /// </summary>
    public bool Flattens { get; init; }

    /// <summary>Units of a hidden layer before the outputs, to 65536; 0 means no such layer. Default: 0.</summary>
    public int HiddenSize { get; init; }

    internal override bool NeedsTwoRowsPerBatch => Normalization == Normalization.Batch;

    internal override Activation? HiddenActivation => Activation;

    internal override Capabilities Offers =>
        Capabilities.NoisyLayers | Capabilities.MaskedWeights | Capabilities.Maps | Capabilities.MovableInputs
        | Capabilities.MixableStates;

    /// <summary>The image, the maps of each block, and the hidden layer.</summary>
    internal override int MixableStates => Channels.Count + (HiddenSize > 0 ? 2 : 1);

    /// <inheritdoc/>
    public override string ToString() =>
        $"ConvNet({Channels}), {Activation}"
        + (Normalization == Normalization.None ? "" : $", {Normalization} normalization")
        + $", {(Pooling == Pooling.Stride ? "stride 2" : $"{Pooling} pooling")}"
        + (Flattens ? ", flattened" : "")
        + (HiddenSize > 0 ? $", {HiddenSize} hidden units" : "");

    internal override void Validate(IExceptionContext context)
    {
        if (Channels is not { Count: > 0 })
            throw context.ExceptUserArg(nameof(Channels), "Channels must have at least one block.");
        for (var block = 0; block < Channels.Count; block++)
            context.CheckBetween(Channels[block], $"{nameof(Channels)}[{block}]", 1, 4096);
        context.CheckDefined(Activation, nameof(Activation));
        context.CheckDefined(Normalization, nameof(Normalization));
        context.CheckDefined(Pooling, nameof(Pooling));
        context.CheckBetween(HiddenSize, nameof(HiddenSize), 0, 65536);
    }

    internal override void CheckInput(IExceptionContext? context, InputLayout input)
    {
        var image = input.Image!;
        if (Pooling != Pooling.Stride && Math.Min(image.Height, image.Width) >> Channels.Count == 0)
        {
            throw context.ExceptUserArg(
                nameof(Channels),
                $"{this} halves images {Channels.Count} times and needs at least {1L << Channels.Count} x {1L << Channels.Count} pixels, "
                + $"but they are {image}: take fewer blocks, or Pooling.Stride.");
        }
    }

    internal override void ListTensors(TensorList tensors, InputLayout input, int outputs)
    {
        var channels = input.Image!.Channels;
        foreach (var (block, count) in Channels.Index())
        {
            tensors.Convolution($"blocks.{block}.conv", channels, count, Normalization);
            tensors.Normalize($"blocks.{block}.norm", Normalization, count);
            channels = count;
        }

        var width = HeadInputs(input.Image);
        if (HiddenSize > 0)
        {
            tensors.Hidden("hidden", width, HiddenSize, Normalization);
            width = HiddenSize;
        }

        tensors.Dense("output", width, outputs);
    }

    internal override IReadOnlyList<LayerDescription> Describe(InputLayout input, int outputs) => ConvNetLayers.Describe(this, input, outputs);

    internal override Network CreateNetwork(InputLayout input, int outputs, NetworkBuilder builder)
    {
        CheckInput(context: null, input);
        CheckMemory(nameof(Channels), input, outputs);
        return new ConvNetNetwork(this, input.Image!, outputs, builder);
    }

    internal override double WeightsOf(InputLayout input, double outputs)
    {
        var (weights, channels) = (0.0, input.Image!.Channels);
        foreach (var count in Channels)
        {
            weights += (double)channels * count * ConvolutionLayer.KernelSize * ConvolutionLayer.KernelSize;
            channels = count;
        }

        var head = (double)HeadInputs(input.Image);
        return weights + (HiddenSize > 0 ? HiddenSize * (head + outputs) : head * outputs);
    }

    /// <summary>Number of units that the blocks pass to the layers after them.</summary>
    internal long HeadInputs(ImageShape image)
    {
        if (!Flattens)
            return Channels[^1];

        var (height, width) = (image.Height, image.Width);
        foreach (var _ in Channels)
            (height, width) = Pooling == Pooling.Stride ? ((height + 1) / 2, (width + 1) / 2) : (height / 2, width / 2);
        return (long)Channels[^1] * height * width;
    }
}
