using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The vision transformer: an image is cut into square patches, and these are its tokens (Dosovitskiy, Beyer, Kolesnikov, Weissenborn, Zhai, Unterthiner,
/// Dehghani, Minderer, Heigold, Gelly, Uszkoreit and Houlsby, "An image is worth 16x16 words: transformers for image recognition at scale", 2021). Attention
/// has no built-in knowledge of images, so convolutions do better on few images. <see cref="RegularizationRecipe.VisionTransformer"/> is a good starting
/// point.
/// </summary>
/// <remarks>
/// Parameters, for width w, patches of p x p, C channels, N patches and MLP ratio 4: <c>C p^2 w + w</c> for the patches, <c>w</c> for the class token,
/// <c>(N + 1) w</c> for the places, <c>12 w^2 + 13 w</c> for each block, <c>2 w</c> for the last normalization, <c>w * out + out</c>; without class token
/// <c>2 w</c> fewer. ViT-B/16 of 224 x 224 color images and 1000 classes has 86,567,656.
/// </remarks>
[UnionCase("VisionTransformer")]
public sealed record VisionTransformerArchitecture : TransformerArchitecture
{
    /// <summary>128 units, 4 blocks, 4 heads, patches of 4 x 4, a class token.</summary>
    public VisionTransformerArchitecture()
    {
        Depth = 4;
        Pooling = TokenPooling.ClassToken;
    }

    /// <summary>Pixels of a patch's side, at least 1; it must divide height and width of the images. Default: 4.</summary>
    public int PatchSize { get; init; } = 4;

    internal override NetworkInputs Takes => NetworkInputs.Images;

    internal override InputScaling UsualScaling => InputScaling.Standardize;

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"VisionTransformer({Depth} blocks of {Width} with {Heads} heads on patches of {PatchSize} x {PatchSize}), {Pooling}")
        + (MlpRatio == 4 ? "" : string.Create(CultureInfo.InvariantCulture, $", MLP ratio {MlpRatio}"));

    internal override void Validate(IExceptionContext context)
    {
        base.Validate(context);
        context.CheckBetween(PatchSize, nameof(PatchSize), 1, 65536);
        if (Pooling == TokenPooling.FirstToken)
            throw context.ExceptUserArg(nameof(Pooling), "Pooling is FirstToken, which for images would be their first patch: take ClassToken or Mean.");
    }

    /// <summary>All trained numbers.</summary>
    internal double ParameterCount(ImageShape image, double outputs)
    {
        var patchNumbers = (double)image.Channels * PatchSize * PatchSize;
        return patchNumbers * Width + Width + ParametersBehindTokens(Patches(image), outputs);
    }

    internal int Patches(ImageShape image) => image.Height / PatchSize * (image.Width / PatchSize);

    internal override double WeightsOf(InputLayout input, double outputs) => ParameterCount(input.Image!, outputs);

    internal override void CheckInput(IExceptionContext? context, InputLayout input)
    {
        if (input.Image is not { } image)
            throw context.ExceptUserArg(nameof(input), $"{this} reads images, not {input}.");
        if (image.Height % PatchSize != 0 || image.Width % PatchSize != 0)
        {
            throw context.ExceptUserArg(
                nameof(PatchSize), $"PatchSize must divide height and width of the images, but PatchSize is {PatchSize} and the images are {image}.");
        }
    }

    internal override void ListTensors(TensorList tensors, InputLayout input, int outputs)
    {
        tensors.Dense("embedding.linear", (long)input.Image!.Channels * PatchSize * PatchSize, Width);
        ListBehindTokens(tensors, Patches(input.Image), outputs);
    }

    internal override IReadOnlyList<LayerDescription> Describe(InputLayout input, int outputs)
    {
        var layers = new LayerList().Add(new PatchesDescription(input.Image!, PatchSize))
            .Linear("embedding.linear", 2 * Depth + 1, input.Image!.Channels * PatchSize * PatchSize, Width);
        return DescribeBehindTokens(layers, Patches(input.Image), outputs);
    }

    internal override Network CreateNetwork(InputLayout input, int outputs, NetworkBuilder builder)
    {
        CheckInput(context: null, input);
        var image = input.Image!;
        CheckMemory(nameof(Width), input, outputs);
        return new TransformerNetwork(this, new PatchEmbedding(image, PatchSize, Width, builder), Patches(image), outputs, builder);
    }
}
