using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Augmentation;

/// <summary>A row of an image that is large enough to be augmented by several threads.</summary>
internal sealed class Photo
{
    public const int Side = 74;

    public static ImageShape Shape { get; } = new(Side, Side);

    [VectorType(3, Side, Side)]
    public float[] Features { get; set; } = [];

    [KeyType(Example.ClassCount)]
    public uint Label { get; set; }

    /// <summary>Random images, as bytes.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="count">How many.</param>
    /// <param name="read">Told of each row before it is given out.</param>
    public static IDataView Rows(MLContext ml, int count, Action<int>? read = null)
    {
        return ml.Data.LoadFromEnumerable(Read());

        IEnumerable<Photo> Read()
        {
            for (var row = 0; row < count; row++)
            {
                var random = new Random(row);
                read?.Invoke(row);
                yield return new Photo
                {
                    Features = [.. Enumerable.Range(0, 3 * Side * Side).Select(_ => (float)random.Next(256))],
                    Label = (uint)(row % Example.ClassCount),
                };
            }
        }
    }
}
