using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Images to their patches, as <see cref="PatchEmbedding"/> has them: (batch, numbers of an image) to (batch * patches, numbers of a patch).</summary>
internal sealed unsafe class PatchPass : InputPass
{
    private readonly ImageShape _image;
    private readonly int _patch;
    private readonly TokenRows _tokens;
    private readonly KeptWork _forward;
    private Matrix _images;
    private Matrix _patches;

    /// <param name="image">The images' shape.</param>
    /// <param name="patch">Pixels of a patch's side.</param>
    /// <param name="tokens">Gets the images' tokens.</param>
    public PatchPass(ImageShape image, int patch, TokenRows tokens)
        : base(image.Channels * image.Height * image.Width, image.Channels * patch * patch)
    {
        (_image, _patch, _tokens) = (image, patch, tokens);
        _forward = new KeptWork(range: 1, Forward);
    }

    public override int RowsOfRow => _image.Height / _patch * (_image.Width / _patch);

    public override bool Learns => false;

    // Chunks of one size.
    public override int RowsToTake(Matrix input, int most)
    {
        var chunks = (input.Rows + most - 1) / most;
        return (input.Rows + chunks - 1) / chunks;
    }

    public override int BeginForward(Matrix input)
    {
        _tokens.Take(FirstRow / RowsOfRow, input.Rows);
        return base.BeginForward(input);
    }

    public override void Forward(Matrix input, Matrix output, bool isTraining)
    {
        (_images, _patches) = (input, output);
        _forward.RunAll(input.Rows);
    }

    protected override void Backward(Matrix gradient)
    {
    }

    private void Forward(int image, int count)
    {
        var source = _images.At(image, 0);
        var wide = _image.Width / _patch;
        var isFirst = _image.Order == ChannelOrder.ChannelsFirst;
        var (pixel, line, map) = isFirst
            ? (1, _image.Width, _image.Width * _image.Height)
            : (_image.Channels, _image.Width * _image.Channels, 1);
        for (var patch = 0; patch < RowsOfRow; patch++)
        {
            var corner = source + patch / wide * _patch * line + patch % wide * _patch * pixel;
            var target = _patches.At(image * RowsOfRow + patch, 0);
            for (var channel = 0; channel < _image.Channels; channel++)
            {
                for (var y = 0; y < _patch; y++)
                {
                    for (var x = 0; x < _patch; x++)
                        *target++ = corner[channel * map + y * line + x * pixel];
                }
            }
        }
    }
}
