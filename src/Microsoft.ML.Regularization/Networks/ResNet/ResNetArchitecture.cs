using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The residual network for small images of He, Zhang, Ren and Sun ("Deep residual learning for image recognition", 2016, section 4.2): a convolution 3 x 3 to
/// <see cref="Width"/> maps, three stages of <c>(Depth - 2) / 6</c> basic blocks with 1, 2 and 4 times as many maps, the mean of each map, and linear to the
/// outputs. A basic block is <c>activation(x + norm(conv(noise(activation(norm(conv(x)))))))</c>.
/// </summary>
/// <remarks>
/// <para>
/// Shapes: the image (channels, height, width), the stages <c>(Width, height, width)</c>, <c>(2 Width, height / 2, width / 2)</c> and
/// <c>(4 Width, height / 4, width / 4)</c>, each halving rounded up. The first block of the second and the third stage computes every second position only;
/// around it the shortcut takes every second position and fills new channels with zeros (option A of the paper), so that no shortcut has parameters.
/// </para>
/// <para>
/// Parameters, for width w and n blocks in a stage: <c>9 w (in + w (42 n - 10)) + 2 w (14 n + 1) + 4 w * out + out</c> with batch normalization, with layer
/// normalization <c>w (14 n + 1)</c> more, and without normalization <c>w (14 n + 1)</c> less: convolutions have biases except before batch normalization.
/// For color images of ten classes that makes 269,722 at depth 20, 464,154 at 32, 658,586 at 44, 853,018 at 56 and 1,727,962 at 110. Weights start uniform
/// with variance <c>gain^2 / (9 in)</c> (He, Zhang, Ren and Sun, 2015); without normalization the second convolution of each of L blocks starts smaller by
/// <c>1 / sqrt(L)</c>, so that the signal does not grow with depth.
/// </para>
/// <para>
/// The recipe's noise is applied between the convolutions of a block, as in wide residual networks (Zagoruyko and Komodakis, 2016), and stochastic depth
/// skips what a block adds to its shortcut.
/// </para>
/// </remarks>
[UnionCase("ResNet")]
public sealed record ResNetArchitecture : ConvolutionalArchitecture
{
    internal const int Stages = 3;
    private const int LeastDepth = 8;
    private const int LargestDepth = 1202;

    /// <summary>
    /// Layers with weights, two in each block, the first and the last: 6 n + 2 for n blocks in a stage, from 8 to 1202; 20, 32, 44, 56 and 110 in the paper.
    /// Default: 20.
    /// </summary>
    public int Depth { get; init; } = 20;

    /// <summary>Maps of the first stage, from 1 to 1024: 16 in the paper, k times 16 in wide residual networks. Default: 16.</summary>
    public int Width { get; init; } = 16;

    /// <summary>
    /// Whether normalization and activation come before the convolutions, <c>x + conv(noise(activation(norm(conv(activation(norm(x)))))))</c>, which keeps
    /// the path from block to block an identity, with one more of both after the last block (He, Zhang, Ren and Sun, "Identity mappings in deep residual
    /// networks", 2016). As in that paper, those of the first block come before its shortcut branches off. The number of parameters is the same.
    /// Default: false.
    /// </summary>
    public bool PreActivation { get; init; }

    /// <summary>Default: <see cref="Activation.ReLU"/>.</summary>
    public Activation Activation { get; init; } = Activation.ReLU;

    /// <summary>
    /// <see cref="Normalization.Batch"/> takes each map over rows and places, <see cref="Normalization.Layer"/> each row over all maps and places, with scale
    /// and shift by map. Default: <see cref="Normalization.Batch"/>.
    /// </summary>
    public Normalization Normalization { get; init; } = Normalization.Batch;

    internal int BlocksPerStage => (Depth - 2) / (2 * Stages);

    internal int Blocks => Stages * BlocksPerStage;

    internal override bool NeedsTwoRowsPerBatch => Normalization == Normalization.Batch;

    internal override Activation? HiddenActivation => Activation;

    internal override Capabilities Offers =>
        Capabilities.NoisyLayers | Capabilities.MaskedWeights | Capabilities.Maps | Capabilities.ResidualBlocks
        | Capabilities.MovableInputs | Capabilities.MixableStates;

    /// <summary>The image, and the maps behind each stage.</summary>
    internal override int MixableStates => Stages + 1;

    /// <inheritdoc/>
    public override string ToString() =>
        $"ResNet-{Depth}(width {Width}), {Activation}"
        + (Normalization == Normalization.None ? "" : $", {Normalization} normalization")
        + (PreActivation ? ", pre-activated" : "");

    internal override void Validate(IExceptionContext context)
    {
        context.CheckBetween(Depth, nameof(Depth), LeastDepth, LargestDepth);
        if (Depth % (2 * Stages) != 2)
        {
            throw context.ExceptUserArg(
                nameof(Depth),
                $"Depth must be 6 n + 2 for n blocks in each of three stages, but it is {Depth}: take {6 * BlocksPerStage + 2} or {6 * BlocksPerStage + 8}.");
        }

        context.CheckBetween(Width, nameof(Width), 1, 1024);
        context.CheckDefined(Activation, nameof(Activation));
        context.CheckDefined(Normalization, nameof(Normalization));
    }

    /// <summary>Maps that a block, counted from 0, gets; those of the last stage for the number of blocks.</summary>
    internal int ChannelsBefore(int block) => Width << Math.Max(0, block - 1) / BlocksPerStage;

    internal override void ListTensors(TensorList tensors, InputLayout input, int outputs)
    {
        tensors.Convolution("stem", input.Image!.Channels, Width, Normalization);
        tensors.Normalize("stem_norm", Normalization, Width);
        for (var block = 0; block < Blocks; block++)
        {
            var (name, before, after) = ($"blocks.{block}", ChannelsBefore(block), ChannelsBefore(block + 1));
            if (PreActivation && block > 0)
                tensors.Normalize(name + ".norm0", Normalization, before);
            tensors.Convolution(name + ".conv1", before, after, Normalization);
            tensors.Normalize(name + ".norm1", Normalization, after);
            tensors.Convolution(name + ".conv2", after, after, Normalization);
            if (!PreActivation)
                tensors.Normalize(name + ".norm2", Normalization, after);
        }

        var width = ChannelsBefore(Blocks);
        if (PreActivation)
            tensors.Normalize("norm", Normalization, width);
        tensors.Dense("output", width, outputs);
    }

    internal override IReadOnlyList<LayerDescription> Describe(InputLayout input, int outputs)
    {
        var layers = new LayerList().Add(new FeatureMapsDescription(input.Image!))
            .Convolution("stem", input.Image!.Channels, Width, Normalization).NormalizeMaps("stem_norm", Normalization, Width).Activate(Activation);
        for (var block = 0; block < Blocks; block++)
        {
            layers.Add(DescribeBlock(block));
            if (!PreActivation)
                layers.Activate(Activation);
        }

        var width = ChannelsBefore(Blocks);
        if (PreActivation)
            layers.NormalizeMaps("norm", Normalization, width).Activate(Activation);
        return layers.Add(new MapEndDescription(Flattens: false)).Linear("output", 0, width, outputs, isOutput: true).Layers;
    }

    private ResidualDescription DescribeBlock(int block)
    {
        var (name, before, after, branch) = ($"blocks.{block}", ChannelsBefore(block), ChannelsBefore(block + 1), new LayerList());
        if (PreActivation && block > 0)
            branch.NormalizeMaps(name + ".norm0", Normalization, before).Activate(Activation);
        branch.Convolution(name + ".conv1", before, after, Normalization, after > before ? 2 : 1)
            .NormalizeMaps(name + ".norm1", Normalization, after).Activate(Activation).Noise()
            .Convolution(name + ".conv2", after, after, Normalization);
        if (!PreActivation)
            branch.NormalizeMaps(name + ".norm2", Normalization, after);
        return new ResidualDescription(branch.Layers) { NewChannels = after - before };
    }

    internal override Network CreateNetwork(InputLayout input, int outputs, NetworkBuilder builder)
    {
        CheckMemory(nameof(Width), input, outputs);
        return new ResNetNetwork(this, input.Image!, outputs, builder);
    }

    internal override double WeightsOf(InputLayout input, double outputs)
    {
        var (n, w) = (BlocksPerStage, (double)Width);
        return 9 * w * (input.Image!.Channels + w * (42 * n - 10)) + 4 * w * outputs;
    }
}
