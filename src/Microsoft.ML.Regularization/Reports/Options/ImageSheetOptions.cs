using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Options of <c>ml.Data.PlotImages</c>.</summary>
public sealed record ImageSheetOptions
{
    /// <summary>Column of images: MLImage, or vectors of pixels. Default: Features.</summary>
    public string ImageColumnName { get; init; } = "Features";

    /// <summary>How vectors make images. Default: null, by the dimensions of the column's type.</summary>
    public ImageShape? Shape { get; init; }

    /// <summary>Images to show, the first ones of the rows, from 1 to 1000. Default: 24.</summary>
    public int Images { get; init; } = 24;

    /// <summary>Images side by side, from 1 to 100. Default: 8.</summary>
    public int Columns { get; init; } = 8;

    internal void Validate(IExceptionContext context)
    {
        context.CheckName(ImageColumnName, nameof(ImageColumnName));
        Shape?.Validate(context);
        context.CheckBetween(Images, nameof(Images), 1, 1000);
        context.CheckBetween(Columns, nameof(Columns), 1, 100);
    }
}
