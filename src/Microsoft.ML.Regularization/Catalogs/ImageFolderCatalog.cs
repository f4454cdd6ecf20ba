using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Folders of images as data.</summary>
public static class ImageFolderCatalog
{
    /// <summary>
    /// Loads a folder of images whose subfolders are the labels, as Model Builder takes them: columns <c>Label</c> and <c>ImagePath</c> of text, and
    /// <c>Image</c>. Images that cannot be decoded whole, such as files that were cut, are counted and named. See <see cref="ImageFolderOptions"/>.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="unreadableImages">What becomes of images that cannot be decoded: an error by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The folder does not exist, has no image in a subfolder, or has images that cannot be decoded.</exception>
    /// <example><code>
    /// var photos = ml.Data.LoadFromImageFolder("photos");   // photos/cat/1.jpg has the label "cat"
    /// var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
    ///     .Append(ml.Transforms.ResizeImages("Image", 32, 32))
    ///     .Append(ml.Transforms.ExtractPixels("Features", "Image"));
    /// </code></example>
    public static IDataView LoadFromImageFolder(
        this DataOperationsCatalog catalog, string folder, UnreadableImages unreadableImages = UnreadableImages.Refuse) =>
        catalog.LoadFromImageFolder(new ImageFolderOptions { Folder = folder, UnreadableImages = unreadableImages });

    /// <summary>Loads a folder of images whose subfolders are the labels.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// An option is out of its range, the folder does not exist, has no image in a subfolder, or has images that cannot be decoded.
    /// </exception>
    public static IDataView LoadFromImageFolder(this DataOperationsCatalog catalog, ImageFolderOptions options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        var host = CatalogUtils.GetEnvironment(catalog).Register("ImageFolder");
        host.CheckValue(options, nameof(options));
        options.Validate(host);
        using var channel = host.Start("Loading images");
        return new ImageFolderView(ImageFolder.Load(host, channel, options), options);
    }
}
