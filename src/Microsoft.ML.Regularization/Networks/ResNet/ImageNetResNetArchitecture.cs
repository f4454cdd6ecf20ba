using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The residual network for photos of He, Zhang, Ren and Sun ("Deep residual learning for image recognition", 2016, table 1): a convolution 7 x 7 of every second
/// place, the largest of 3 x 3 of every second place, four stages of blocks with twice as many maps and half the height and width from stage to stage, the mean of
/// each map, and linear to the outputs. Its published weights are what one starts from: see <see cref="NeuralNetworkOptions.Pretrained"/>. For small images and
/// training from nothing <see cref="ResNetArchitecture"/> suits better.
/// </summary>
/// <remarks>
/// <para>
/// A block is <c>activation(shortcut(x) + f(x))</c>, where f has two convolutions 3 x 3 or, in a bottleneck, 1 x 1, 3 x 3 and 1 x 1 to four times as many maps; the
/// first convolution 3 x 3 of a stage behind the first computes every second place. Where size or maps change, the shortcut is a convolution 1 x 1 (option B of the
/// paper). Batch normalization follows each convolution. As in torchvision, the stride of a bottleneck is that of its convolution 3 x 3.
/// </para>
/// <para>
/// The recipe's noise is applied before a block's last convolution, and stochastic depth skips what a block adds to its shortcut. Manifold mixup numbers the image 0 and
/// the maps behind stage k by k. With 1000 outputs, 3 channels and the usual width, depth 18 has 11,689,512 parameters, 34 21,797,672, 50 25,557,032, 101 44,549,160
/// and 152 60,192,808.
/// </para>
/// </remarks>
[UnionCase("ImageNetResNet")]
public sealed record ImageNetResNetArchitecture : ConvolutionalArchitecture
{
    private const int MostStages = 6;
    private const int Expansion = 4;

    /// <summary>
    /// Blocks of each stage, one to six stages of 1 to 200: 2, 2, 2, 2 at depth 18; 3, 4, 6, 3 at 34 and, with bottlenecks, at 50; 3, 4, 23, 3 at 101; 3, 8, 36, 3 at 152;
    /// 2, 2, 2, 3 in the package Microsoft.ML.DnnImageFeaturizer.ResNet18. Default: 2, 2, 2, 2.
    /// </summary>
    public ValueList<int> Blocks { get; init; } = [2, 2, 2, 2];

    /// <summary>Whether blocks are bottlenecks of three convolutions. Default: false.</summary>
    public bool HasBottlenecks { get; init; }

    /// <summary>Maps of the first stage's convolutions 3 x 3, from 1 to 1024. Default: 64.</summary>
    public int Width { get; init; } = 64;

    /// <summary>
    /// Height and width that images get inside the network, bilinearly, from 1 to 4096: rows then hold small images, which take little memory, and the network sees the size
    /// that it was published for. Images must not be larger, which would leave out pixels: put <c>ResizeImages</c> before the trainer. Default: null, images as they come.
    /// </summary>
    public int? Resolution { get; init; }

    /// <summary>Default: <see cref="Activation.ReLU"/>.</summary>
    public Activation Activation { get; init; } = Activation.ReLU;

    internal override bool NeedsTwoRowsPerBatch => true;

    internal override Activation? HiddenActivation => Activation;

    internal override Capabilities Offers =>
        Capabilities.NoisyLayers | Capabilities.MaskedWeights | Capabilities.Maps | Capabilities.ResidualBlocks
        | Capabilities.MovableInputs | Capabilities.MixableStates;

    /// <summary>The image, and the maps behind each stage.</summary>
    internal override int MixableStates => Blocks.Count + 1;

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"ImageNetResNet({Blocks} {(HasBottlenecks ? "bottlenecks" : "blocks")} of width {Width}), {Activation}")
        + (Resolution is { } side ? string.Create(CultureInfo.InvariantCulture, $", images resized to {side} x {side}") : "");

    internal override void Validate(IExceptionContext context)
    {
        if (Blocks is not { Count: >= 1 and <= MostStages })
            throw context.ExceptUserArg(nameof(Blocks), $"Blocks must have 1 to {MostStages} stages, but it is ({Blocks}).");
        foreach (var blocks in Blocks)
            context.CheckBetween(blocks, nameof(Blocks), 1, 200);
        context.CheckBetween(Width, nameof(Width), 1, 1024);
        if (Resolution is { } side)
            context.CheckBetween(side, nameof(Resolution), 1, 4096);
        context.CheckDefined(Activation, nameof(Activation));
    }

    internal override void CheckInput(IExceptionContext? context, InputLayout input)
    {
        if (input.Image is not { } image)
            throw context.ExceptUserArg(nameof(input), $"{this} reads images, not {input}.");
        if (Resolution is { } side && Math.Max(image.Height, image.Width) > side)
            throw context.ExceptUserArg(nameof(Resolution), $"Resolution is {side}, but the images are {image}: put ResizeImages before the trainer, or set Resolution to null.");
    }

    /// <summary>The blocks from the first to the last.</summary>
    internal IEnumerable<ProjectedBlockShape> Shapes()
    {
        var inputs = Width;
        foreach (var (stage, blocks) in Blocks.Index())
        {
            for (var block = 0; block < blocks; block++)
            {
                var width = Width << stage;
                var shape = new ProjectedBlockShape(inputs, width, HasBottlenecks ? Expansion * width : width, stage, block);
                yield return shape;
                inputs = shape.Outputs;
            }
        }
    }

    internal override void ListTensors(TensorList tensors, InputLayout input, int outputs)
    {
        CheckInput(context: null, input);
        tensors.Layers(Describe(input, outputs));
    }

    internal override IReadOnlyList<LayerDescription> Describe(InputLayout input, int outputs)
    {
        var layers = new LayerList().Add(new FeatureMapsDescription(input.Image!));
        if (Resolution is { } side)
            layers.Add(new ResizeDescription(side));
        layers.Convolution("stem", input.Image!.Channels, Width, Normalization.Batch, stride: 2, size: 7).NormalizeMaps("stem_norm", Normalization.Batch, Width)
            .Activate(Activation).Add(new OverlappingPoolDescription());
        var last = Width;
        foreach (var (place, shape) in Shapes().Index())
        {
            layers.Add(shape.Describe(string.Create(CultureInfo.InvariantCulture, $"blocks.{place}"), Activation)).Activate(Activation);
            last = shape.Outputs;
        }

        return layers.Add(new MapEndDescription(Flattens: false)).Linear("output", 0, last, outputs, isOutput: true).Layers;
    }

    internal override Network CreateNetwork(InputLayout input, int outputs, NetworkBuilder builder)
    {
        CheckInput(context: null, input);
        CheckMemory(nameof(Width), input, outputs);
        return new ImageNetResNetNetwork(this, input.Image!, outputs, builder);
    }

    internal override double WeightsOf(InputLayout input, double outputs)
    {
        var (weights, last) = (49.0 * input.Image!.Channels * Width, Width);
        foreach (var shape in Shapes())
        {
            weights += shape.Convolutions().Sum(convolution => (double)convolution.Size * convolution.Size * convolution.Inputs * convolution.Outputs);
            weights += shape.IsProjected ? (double)shape.Inputs * shape.Outputs : 0;
            last = shape.Outputs;
        }

        return weights + last * outputs;
    }
}
