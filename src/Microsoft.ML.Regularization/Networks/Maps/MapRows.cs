using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Rows of numbers become maps, and maps rows again.</summary>
/// <param name="image">How the numbers make an image.</param>
/// <param name="flattens">Whether all places stay at the end, channel by channel; else the mean of each channel.</param>
internal sealed unsafe class MapRows(ImageShape image, bool flattens)
{
    public MapSize Inputs { get; } = new(image.Height, image.Width, image.Channels);

    /// <summary>Numbers of a row that maps become.</summary>
    public int UnitsOf(MapSize maps) => flattens ? maps.Numbers : maps.Channels;

    /// <param name="rows">One after the other.</param>
    /// <param name="maps">As many images.</param>
    public void Begin(float* rows, ImageMaps maps)
    {
        var places = maps.Height * maps.Width;
        for (var i = 0; i < maps.Images; i++, rows += places * maps.Channels)
        {
            var to = maps.At(i, 0, 0);
            if (image.Order == ChannelOrder.ChannelsFirst && maps.Channels > 1)
                MatrixTransposition.Transpose(rows, places, maps.Channels, places, to, maps.Channels);
            else
                new ReadOnlySpan<float>(rows, places * maps.Channels).CopyTo(new Span<float>(to, places * maps.Channels));
        }
    }

    /// <param name="maps">Of one or more images.</param>
    /// <param name="units">Receives <see cref="UnitsOf"/> for each of them.</param>
    public void End(ImageMaps maps, Span<float> units)
    {
        var (places, channels, width) = (maps.Height * maps.Width, maps.Channels, units.Length / maps.Images);
        for (var i = 0; i < maps.Images; i++)
        {
            var row = units.Slice(i * width, width);
            var from = maps.At(i, 0, 0);
            if (flattens)
            {
                fixed (float* to = row)
                    MatrixTransposition.Transpose(from, channels, places, channels, to, places);
                continue;
            }

            row.Clear();
            for (var place = 0; place < places; place++, from += channels)
                TensorPrimitives.Add(row, new ReadOnlySpan<float>(from, channels), row);
            TensorPrimitives.Divide(row, places, row);
        }
    }
}
