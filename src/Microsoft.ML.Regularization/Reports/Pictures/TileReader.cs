using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>Reads the images of a column.</summary>
internal static class TileReader
{
    /// <param name="context">For errors.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="options">Which column, and how many images.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or its values are no images.</exception>
    public static List<ImageTile> Read(IExceptionContext context, IDataView rows, ImageSheetOptions options)
    {
        var name = options.ImageColumnName;
        if (rows.Schema.GetColumnOrNull(name) is not { } column)
            throw context.ExceptUserArg(nameof(options.ImageColumnName), $"The rows have no column '{name}'.");
        return column.Type switch
        {
            ImageDataViewType => Images(rows, column, options.Images),
            VectorDataViewType { Size: > 0 } type when type.ItemType == NumberDataViewType.Single =>
                Vectors(rows, column, ImageShape.Of(context, column, type, options.Shape), options.Images),
            _ => throw context.ExceptUserArg(
                nameof(options.ImageColumnName), $"Column '{name}' is {column.Type}, but images are MLImage or Vector<Single>. Rows of other kinds are shown by rows.Preview()."),
        };
    }

    private static List<ImageTile> Images(IDataView rows, DataViewSchema.Column column, int most)
    {
        using var cursor = rows.GetRowCursor([column]);
        var (getter, image, tiles) = (cursor.GetGetter<MLImage>(column), default(MLImage)!, new List<ImageTile>());
        while (tiles.Count < most && cursor.MoveNext())
        {
            getter(ref image);
            var pixels = image.Pixels.ToArray();
            if (image.PixelFormat == MLPixelFormat.Rgba32)
            {
                for (var place = 0; place < pixels.Length; place += 4)
                    (pixels[place], pixels[place + 2]) = (pixels[place + 2], pixels[place]);
            }

            tiles.Add(new ImageTile(image.Width, image.Height, pixels));
        }

        return tiles;
    }

    private static List<ImageTile> Vectors(IDataView rows, DataViewSchema.Column column, ImageShape shape, int most)
    {
        using var cursor = rows.GetRowCursor([column]);
        var (getter, values, vectors) = (cursor.GetGetter<VBuffer<float>>(column), default(VBuffer<float>), new List<float[]>());
        while (vectors.Count < most && cursor.MoveNext())
        {
            getter(ref values);
            vectors.Add([.. values.DenseValues()]);
        }

        // From black to white: shares as they are, other numbers from the least of all to the greatest.
        var (least, greatest) = (vectors.Select(vector => vector.Min()).DefaultIfEmpty(0).Min(), vectors.Select(vector => vector.Max()).DefaultIfEmpty(0).Max());
        (least, greatest) = least >= 0 && greatest <= 1 ? (0, 1) : (least, greatest);
        return vectors.ConvertAll(vector => Tile(vector, shape, least, Math.Max(1e-12f, greatest - least)));
    }

    private static ImageTile Tile(float[] vector, ImageShape shape, float least, float range)
    {
        var (layout, bgra) = (shape.Layout, new byte[shape.Height * shape.Width * 4]);
        for (var place = 0; place < bgra.Length; place += 4)
        {
            var (y, x) = (place / 4 / shape.Width, place / 4 % shape.Width);
            for (var channel = 0; channel < 3; channel++)
                bgra[place + channel] = Value(shape.Channels < 3 ? 0 : 2 - channel);
            bgra[place + 3] = byte.MaxValue;

            byte Value(int source)
            {
                var number = layout.Planes > 1 ? vector[layout.Row(source, y) + x] : vector[layout.Row(0, y) + x * layout.PixelSize + source];
                return (byte)Math.Clamp((number - least) / range * byte.MaxValue + 0.5f, 0, byte.MaxValue);
            }
        }

        return new ImageTile(shape.Width, shape.Height, bgra);
    }
}
