using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization;

/// <summary>An image with a rectangle of another: see <see cref="CutMixOptions"/>.</summary>
internal sealed class CutMixMixer(ImageLayout image, double alpha) : FeatureMixer
{
    private ImageRectangle _rectangle;
    private VBuffer<float> _dense;

    public override double Draw(ref KeyedStream random)
    {
        var side = Math.Sqrt(1 - BetaDistribution.SampleSymmetric(ref random, alpha));
        _rectangle = ImageRectangle.AroundRandomCentre(image, (int)(image.Height * side), (int)(image.Width * side), ref random);
        return 1 - (double)_rectangle.Area / (image.Height * image.Width);
    }

    public override void Mix(in VBuffer<float> own, in VBuffer<float> partner, ref VBuffer<float> mixed)
    {
        own.CopyToDense(ref mixed);
        if (!partner.IsDense)
            partner.CopyToDense(ref _dense);
        var editor = VBufferEditor.CreateFromBuffer(ref mixed);
        _rectangle.Copy(image, (partner.IsDense ? partner : _dense).GetValues(), editor.Values);
        mixed = editor.Commit();
    }
}
