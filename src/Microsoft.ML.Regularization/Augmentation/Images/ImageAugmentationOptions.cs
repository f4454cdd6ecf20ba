using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Options of an augmentation that changes one image by itself: a vector of pixels or, before <c>ResizeImages</c> and <c>ExtractPixels</c>, an
/// <see cref="MLImage"/>. Of the latter the colors change and transparency stays as it is.
/// Records outside of the library cannot derive from it.
/// </summary>
public abstract record ImageAugmentationOptions : AugmentationOptions
{
    private const string ExpectedType = "Vector<Single> of known size or Image";

    private protected ImageAugmentationOptions()
    {
    }

    /// <summary>
    /// Column of images: a vector of float of known size, or <see cref="MLImage"/>s, each of its own size. Default: null, which means Features in a
    /// pipeline and the trainer's features in a recipe.
    /// </summary>
    public string? FeatureColumnName { get; init; }

    /// <summary>
    /// The shape of the images. Default: null, which takes it from the dimensions of the column's type, as <c>ExtractPixels</c> sets them; a flat vector
    /// needs one. It must be null for <see cref="MLImage"/>s, which have their own size.
    /// </summary>
    public ImageShape? Shape { get; init; }

    /// <summary>The probability that an image is changed at all, from 0 (never) to 1 (always).</summary>
    public abstract double Probability { get; init; }

    /// <summary>
    /// Seed of the random draws. Default: null, which takes the seed of the <see cref="MLContext"/> or, where that has none, a random one for
    /// each estimator.
    /// </summary>
    public int? Seed { get; init; }

    internal override int? SeedOfDraws => Seed;

    internal string EffectiveFeatureColumnName => FeatureColumnName ?? DefaultColumnNames.Features;

    internal sealed override AugmentationOptions In(IExceptionContext context, TrainerColumnNames trainer) =>
        this with { FeatureColumnName = trainer.AgreeOnFeatures(context, Name, nameof(FeatureColumnName), FeatureColumnName) };

    internal override bool IsIdentity => Probability == 0;

    internal override IEnumerable<string> StreamIdentity => [Name, EffectiveFeatureColumnName];

    internal override void Validate(IExceptionContext context)
    {
        context.CheckNameIfAny(FeatureColumnName, nameof(FeatureColumnName));
        Shape?.Validate(context);
        context.CheckBetween(Probability, nameof(Probability), 0, 1);
    }

    internal override SchemaShape GetTrainingShape(IExceptionContext context, SchemaShape input)
    {
        var column = context.Require(input, EffectiveFeatureColumnName, "image");
        if (column is { Kind: SchemaShape.Column.VectorKind.Scalar, ItemType: ImageDataViewType })
            CheckImageColumn(context);
        else if (column.Kind != SchemaShape.Column.VectorKind.Vector || column.ItemType != NumberDataViewType.Single || column.IsKey)
            throw context.Mismatch("image", column, ExpectedType);
        return input;
    }

    /// <summary>Whether pixels are computed of others, rather than moved or covered.</summary>
    internal virtual bool ComputesPixels => false;

    /// <summary>Makes the operation on images of a layout, for one cursor.</summary>
    internal abstract ImageOperation CreateOperation(ImageLayout image);

    /// <summary>Checks what depends on the images' size, such as the size of a hole.</summary>
    internal virtual void CheckImage(IExceptionContext context, ImageShape shape)
    {
    }

    internal sealed override RowAugmentation Bind(IHostEnvironment env, IDataView source)
    {
        var column = env.Require(source.Schema, EffectiveFeatureColumnName, "image");
        if (column.Type is ImageDataViewType images)
        {
            CheckImageColumn(env);
            if (images is { Height: > 0, Width: > 0 })
                CheckImage(env, MLImageChange.ShapeOf(images.Height, images.Width));
            return new MLImageAugmentation(column, Probability, () => new MLImageChange(env, this));
        }

        if (column.Type is not VectorDataViewType { IsKnownSize: true } type || type.ItemType != NumberDataViewType.Single)
            throw env.ExceptSchemaMismatch(nameof(source), "image", EffectiveFeatureColumnName, ExpectedType, column.Type.ToString());
        var shape = ImageShape.Of(env, column, type, Shape);
        CheckImage(env, shape);
        return new ColumnAugmentation<VBuffer<float>>(column, Probability, () => CreateChange(shape.Layout), computesAll: ComputesPixels);
    }

    /// <summary>Checks what cannot be said of <see cref="MLImage"/>s.</summary>
    private protected virtual void CheckImageColumn(IExceptionContext context)
    {
        if (Shape is not null)
        {
            throw context.ExceptUserArg(
                nameof(Shape), $"Shape must be null for the images in column '{EffectiveFeatureColumnName}', which tell their own sizes, but it is {Shape}.");
        }
    }

    private ValueChange<VBuffer<float>> CreateChange(ImageLayout image)
    {
        var operation = CreateOperation(image);
        VBuffer<float> dense = default;
        return (in source, ref result, ref random) =>
        {
            if (source.Length != image.Size)
                throw Contracts.Except($"Column '{EffectiveFeatureColumnName}': a row has {source.Length} numbers instead of {image.Size}.");

            if (!source.IsDense)
                source.CopyToDense(ref dense);
            var editor = VBufferEditor.Create(ref result, image.Size);
            operation.Apply((source.IsDense ? source : dense).GetValues(), editor.Values, ref random);
            result = editor.Commit();
        };
    }
}
