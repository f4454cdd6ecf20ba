using Microsoft.ML;
using Microsoft.ML.Data;

namespace Augmentations;

/// <summary>The pictures that are augmented: pixels in <c>Features</c>, what they show in <c>Label</c>.</summary>
internal static class Pictures
{
    private const int Side = 160;

    private static readonly string[] Names = ["astronaut", "chelsea", "coffee"];

    /// <summary>Photographs by ML.NET's own image transforms: channels x height x width, from 0 to 255.</summary>
    public static IDataView Photos(MLContext ml)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Data");
        var files = ml.Data.LoadFromEnumerable(Names.Select(name => new PhotoFile { Path = $"{name}.png", Name = name }));
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", nameof(PhotoFile.Name))
            .Append(ml.Transforms.LoadImages("Image", folder, nameof(PhotoFile.Path)))
            .Append(ml.Transforms.ResizeImages("Image", Side, Side))
            .Append(ml.Transforms.ExtractPixels("Features", "Image"));
        return ml.Data.Cache(pipeline.Fit(files).Transform(files), "Features", "Label");
    }

    /// <summary>The first digit of each kind: 8 x 8 pixels in a flat vector, from 0 to 16.</summary>
    public static IDataView Digits(MLContext ml)
    {
        var digits = ml.Data.LoadFromTextFile(
            Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv"),
            [new("Digit", DataKind.Single, 0), new("Features", DataKind.Single, 1, 64)],
            separatorChar: ',',
            hasHeader: true);
        var first = ml.Data.TakeRows(digits, 10);
        return ml.Data.Cache(ml.Transforms.Conversion.MapValueToKey("Label", "Digit").Fit(first).Transform(first), "Features", "Label");
    }

    private sealed class PhotoFile
    {
        public string Path { get; set; } = "";

        public string Name { get; set; } = "";
    }
}
