using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>An image with a rectangle of another: see <see cref="CutMixOptions"/>.</summary>
internal sealed class CutMixMixer(ImageLayout image, double alpha) : FeatureMixer
{
    private ImageRectangle _rectangle;
    private VBuffer<float> _dense;
    private VBuffer<float> _densePartner;

    public override double Draw(ref KeyedStream random, CategoryDraw categories)
    {
        var side = Math.Sqrt(1 - BetaDistribution.SampleSymmetric(ref random, alpha));
        _rectangle = ImageRectangle.AroundRandomCentre(image, (int)(image.Height * side), (int)(image.Width * side), ref random);
        var replaced = (double)_rectangle.Area / (image.Height * image.Width);
        categories.Draw(random, replaced);
        return 1 - replaced;
    }

    public override double Meet(in VBuffer<float> partner, double share) => VectorMixing.IsFinite(partner.GetValues()) ? share : 1;

    public override void Mix(ref VBuffer<float> features, in VBuffer<float> partner)
    {
        if (!features.IsDense)
        {
            features.CopyToDense(ref _dense);
            (features, _dense) = (_dense, features);
        }

        if (!partner.IsDense)
            partner.CopyToDense(ref _densePartner);
        var editor = VBufferEditor.CreateFromBuffer(ref features);
        _rectangle.Copy(image, (partner.IsDense ? partner : _densePartner).GetValues(), editor.Values);
    }
}
