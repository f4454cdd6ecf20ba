using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Options of an augmentation that changes one image by itself.</summary>
public abstract record ImageAugmentationOptions : AugmentationOptions
{
    private protected ImageAugmentationOptions()
    {
    }

    /// <summary>Column of images: a vector of float of known size. Default: Features.</summary>
    public string ColumnName { get; init; } = DefaultColumnNames.Features;

    /// <summary>
    /// The shape of the images. Default: null, which takes it from the dimensions of the column's type, as <c>ExtractPixels</c> sets them; a flat
    /// vector needs one.
    /// </summary>
    public ImageShape? Shape { get; init; }

    /// <summary>The probability that an image is changed at all, from 0 (never) to 1 (always).</summary>
    public abstract double Probability { get; init; }

    internal override bool IsIdentity => Probability == 0;

    internal override IEnumerable<string> StreamIdentity => [Name, ColumnName];

    internal override void Validate(IExceptionContext context)
    {
        context.CheckName(ColumnName, nameof(ColumnName));
        Shape?.Validate(context);
        context.CheckBetween(Probability, nameof(Probability), 0, 1);
    }

    internal override SchemaShape GetTrainingShape(IExceptionContext context, SchemaShape input)
    {
        context.RequireFeatures(input, ColumnName, "image");
        return input;
    }

    /// <summary>Makes the operation on images of a layout, for one cursor.</summary>
    internal abstract ImageOperation CreateOperation(ImageLayout image);

    /// <summary>Checks what depends on the images' size, such as the size of a hole.</summary>
    internal virtual void CheckImage(IExceptionContext context, ImageShape shape)
    {
    }

    internal sealed override RowAugmentation Bind(IHostEnvironment env, IDataView source)
    {
        var (column, type) = env.RequireFeatures(source.Schema, ColumnName, "image");
        var shape = ImageShape.Of(env, column, type, Shape);
        CheckImage(env, shape);
        return new ColumnAugmentation<VBuffer<float>>(column, Probability, () => CreateChange(shape.Layout));
    }

    private ValueChange<VBuffer<float>> CreateChange(ImageLayout image)
    {
        var operation = CreateOperation(image);
        VBuffer<float> dense = default;
        return (in source, ref result, ref random) =>
        {
            if (source.Length != image.Size)
                throw Contracts.Except($"Column '{ColumnName}': a row has {source.Length} numbers instead of {image.Size}.");

            if (!source.IsDense)
                source.CopyToDense(ref dense);
            var editor = VBufferEditor.Create(ref result, image.Size);
            operation.Apply((source.IsDense ? source : dense).GetValues(), editor.Values, ref random);
            result = editor.Commit();
        };
    }
}
