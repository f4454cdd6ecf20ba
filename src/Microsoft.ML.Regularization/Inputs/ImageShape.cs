using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>The shape of an image in a vector of <c>Height * Width * Channels</c> numbers.</summary>
/// <param name="Height">Rows of pixels, at least 1.</param>
/// <param name="Width">Pixels of a row, at least 1.</param>
/// <param name="Channels">Numbers of a pixel, at least 1: 1 for grey, 3 for colors. Default: 1.</param>
/// <param name="Order">The order of the numbers in the vector. Default: planes of channels.</param>
public sealed record ImageShape(int Height, int Width, int Channels = 1, ChannelOrder Order = ChannelOrder.ChannelsFirst)
{
    // A dimension of a size that can count channels: grey, two channels, colors, colors and transparency.
    private const int MostChannels = 4;

    internal ImageLayout Layout => Order == ChannelOrder.ChannelsFirst ? new(Channels, Height, Width, 1) : new(1, Height, Width, Channels);

    private int[] Dimensions => Order == ChannelOrder.ChannelsFirst ? [Channels, Height, Width] : [Height, Width, Channels];

    /// <summary>Height, width, channels and their order.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{string.Join(" x ", Dimensions)} ({(Order == ChannelOrder.ChannelsFirst ? "channels x height x width" : "height x width x channels")})");

    internal void Validate(IExceptionContext context)
    {
        context.CheckAtLeast(Height, "Shape.Height", 1);
        context.CheckAtLeast(Width, "Shape.Width", 1);
        context.CheckAtLeast(Channels, "Shape.Channels", 1);
        context.CheckDefined(Order, "Shape.Order");
    }

    /// <summary>
    /// The shape of the images in a column: the one that was given, which must fit, else the one that the column's type tells by its dimensions.
    /// </summary>
    internal static ImageShape Of(
        IExceptionContext context, DataViewSchema.Column column, VectorDataViewType type, ImageShape? given, string option = "Shape")
    {
        var dimensions = type.Dimensions;
        if (given is not null)
        {
            var isOther = dimensions.Length == 3 && !dimensions.SequenceEqual(given.Dimensions);
            return (long)given.Height * given.Width * given.Channels == type.Size && !isOther
                ? given
                : throw context.ExceptUserArg(option, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{option} is {given}, but column '{column.Name}' holds vectors of {string.Join(" x ", dimensions)} = {type.Size} numbers."));
        }

        return dimensions switch
        {
            [var height, var width] => new ImageShape(height, width),
            [<= MostChannels, > MostChannels, > MostChannels] => new ImageShape(dimensions[1], dimensions[2], dimensions[0]),
            [> MostChannels, > MostChannels, <= MostChannels] => new ImageShape(dimensions[0], dimensions[1], dimensions[2], ChannelOrder.ChannelsLast),
            _ => throw context.ExceptUserArg(option, string.Create(
                CultureInfo.InvariantCulture,
                $"{option} must be given: the type of column '{column.Name}', {type}, does not tell how {type.Size} numbers make an image.")),
        };
    }
}
