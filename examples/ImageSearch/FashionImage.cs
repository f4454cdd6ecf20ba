using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.ML.Data;

namespace ImageSearch;

/// <summary>An image of Fashion-MNIST (Xiao, Rasul and Vollgraf, 2017): 28 x 28 grey pixels, ten kinds of clothes.</summary>
internal sealed class FashionImage
{
    public const int Side = 28;

    private const int ImageHeader = 16;
    private const int LabelHeader = 8;

    public float Label { get; set; }

    /// <summary>From 0 to 1.</summary>
    [VectorType(Side * Side)]
    public float[] Features { get; set; } = [];

    /// <summary>Reads a pair of files in the format of MNIST: big-endian numbers, then bytes.</summary>
    /// <param name="folder">The folder of the files.</param>
    /// <param name="part">Which pair: train or t10k.</param>
    public static FashionImage[] Read(string folder, string part)
    {
        var pixels = Unzip(Path.Combine(folder, $"{part}-images-idx3-ubyte.gz"));
        var labels = Unzip(Path.Combine(folder, $"{part}-labels-idx1-ubyte.gz"));
        var count = BinaryPrimitives.ReadInt32BigEndian(pixels.AsSpan(sizeof(int)));
        return [.. Enumerable.Range(0, count).Select(i => new FashionImage
        {
            Label = labels[LabelHeader + i],
            Features = [.. pixels.Skip(ImageHeader + i * Side * Side).Take(Side * Side).Select(pixel => pixel / 255f)],
        })];
    }

    private static byte[] Unzip(string path)
    {
        using var zipped = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        zipped.CopyTo(bytes);
        return bytes.ToArray();
    }
}
