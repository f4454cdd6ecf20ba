using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Regularization.Reports;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Pictures of rows.</summary>
public static class ImagePlot
{
    /// <summary>
    /// Draws the first images of some rows side by side into a PNG file, to see what a network is given: with <see cref="AugmentCatalog.Augment(DataOperationsCatalog, IDataView, TrainingOnlyOptions)"/> as
    /// augmentation leaves them. Vectors of numbers from 0 to 1 are black to white, others from the least number of all to the greatest; small images are enlarged.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="path">The file, whose name ends in .png. One that is there is replaced.</param>
    /// <param name="options">Which images; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range, there are no rows, or the column is missing or holds no images.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    /// <example><code>
    /// ml.Data.PlotImages(ml.Data.Augment(digits, new RandomCropOptions { Padding = 2 }), "augmented.png");
    /// </code></example>
    public static void PlotImages(this DataOperationsCatalog catalog, IDataView rows, string path, ImageSheetOptions? options = null)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(rows, nameof(rows));
        Contracts.CheckNonWhiteSpace(path, nameof(path));
        if (!path.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
            throw Contracts.ExceptUserArg(nameof(path), $"The picture is a PNG file, but '{path}' does not end in .png.");
        var host = CatalogUtils.GetEnvironment(catalog).Register(nameof(PlotImages));
        options ??= new ImageSheetOptions();
        options.Validate(host);
        var tiles = TileReader.Read(host, rows, options);
        if (tiles.Count == 0)
            throw host.ExceptUserArg(nameof(rows), "There are no rows to draw.");
        ImageSheet.Write(new ImageSheet(options.Columns).Draw(tiles), path);
    }
}
