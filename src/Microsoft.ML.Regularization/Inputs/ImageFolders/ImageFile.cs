using Microsoft.ML.Data;
using SkiaSharp;

namespace Microsoft.ML.Regularization.Inputs;

/// <summary>An image on disk.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Label">The name of the subfolder it is in.</param>
internal sealed record ImageFile(string Path, string Label)
{
    /// <summary>Why the image cannot be decoded whole; null where it can.</summary>
    public string? FindFault()
    {
        try
        {
            using var image = TryDecode(out var fault);
            return fault;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read: {exception.Message}";
        }
    }

    /// <exception cref="FormatException">The image cannot be decoded whole; the message names its file.</exception>
    public MLImage Decode()
    {
        using var bitmap = TryDecode(out var fault) ?? throw new FormatException($"The image '{Path}' {fault}.");
        var image = MLImage.CreateFromPixels(bitmap.Width, bitmap.Height, MLPixelFormat.Bgra32, bitmap.GetPixelSpan());
        image.Tag = Path;
        return image;
    }

    // A bitmap's own way of decoding gives a partial image, without a word, where the file ends too early.
    private SKBitmap? TryDecode(out string? fault)
    {
        using var stream = File.OpenRead(Path);
        if (stream.Length == 0)
        {
            fault = "is an empty file";
            return null;
        }

        using var codec = SKCodec.Create(stream, out _);
        if (codec is null)
        {
            fault = "is not an image, or of a format that cannot be decoded";
            return null;
        }

        var bitmap = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Bgra8888, SKAlphaType.Premul));
        var result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        fault = result switch
        {
            SKCodecResult.Success => null,
            SKCodecResult.IncompleteInput => "is cut short",
            _ => $"is damaged ({result})",
        };
        if (fault is null)
            return bitmap;

        bitmap.Dispose();
        return null;
    }
}
