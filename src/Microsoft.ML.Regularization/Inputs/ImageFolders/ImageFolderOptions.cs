using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Options of loading a folder of images whose subfolders are the labels.</summary>
public sealed record ImageFolderOptions
{
    /// <summary>
    /// The folder: each of its subfolders is a label, and all images in it and below it have that label. Files with the endings bmp, gif, jpeg, jpg, png and webp
    /// are images. Must be given.
    /// </summary>
    public required string Folder { get; init; }

    /// <summary>How to handle images that cannot be decoded completely. Default: <see cref="UnreadableImages.Refuse"/>.</summary>
    public UnreadableImages UnreadableImages { get; init; } = UnreadableImages.Refuse;

    /// <summary>
    /// Whether every image is decoded once while the folder is loaded, on all processors, to find those that cannot be. False loads at once; an image that cannot
    /// be decoded is then an error when its row is read, which names the file. Default: true.
    /// </summary>
    public bool ChecksImages { get; init; } = true;

    /// <summary>New column of labels, as text: the names of the subfolders. Default: Label.</summary>
    public string LabelColumnName { get; init; } = DefaultColumnNames.Label;

    /// <summary>New column of the images' paths, as text. Default: ImagePath.</summary>
    public string PathColumnName { get; init; } = "ImagePath";

    /// <summary>New column of images, an <see cref="MLImage"/> in each row. Default: Image.</summary>
    public string ImageColumnName { get; init; } = "Image";

    internal void Validate(IExceptionContext context)
    {
        if (string.IsNullOrWhiteSpace(Folder))
            throw context.ExceptUserArg(nameof(Folder), "Folder must be the path of a folder, but it is blank.");
        context.CheckName(LabelColumnName, nameof(LabelColumnName));
        context.CheckName(PathColumnName, nameof(PathColumnName));
        context.CheckName(ImageColumnName, nameof(ImageColumnName));
        context.CheckDefined(UnreadableImages, nameof(UnreadableImages));
        if (LabelColumnName == PathColumnName || LabelColumnName == ImageColumnName || PathColumnName == ImageColumnName)
        {
            throw context.ExceptUserArg(
                nameof(ImageColumnName),
                $"LabelColumnName '{LabelColumnName}', PathColumnName '{PathColumnName}' and ImageColumnName '{ImageColumnName}' must be three names.");
        }
    }
}
