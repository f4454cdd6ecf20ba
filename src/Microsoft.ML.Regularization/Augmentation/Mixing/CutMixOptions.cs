using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// CutMix: while a pipeline is fitted, a rectangle of each image is replaced by that of a random partner. Its sides are those of the image times
/// sqrt(1 - lambda), lambda ~ Beta(alpha, alpha); its centre is uniform, and it is clipped at the border. Labels mix by the area that was really
/// replaced (Yun, Han, Oh, Chun, Choe and Yoo, "CutMix: Regularization strategy to train strong classifiers with localizable features", 2019).
/// </summary>
/// <remarks>For partners, held-out rows and weights see <see cref="MixingOptions"/>.</remarks>
[UnionCase("CutMix")]
public sealed record CutMixOptions : MixingOptions
{
    /// <summary>
    /// The shape of the images. Default: null, which takes it from the dimensions of the column's type, as <c>ExtractPixels</c> sets them; a flat
    /// vector needs one.
    /// </summary>
    public ImageShape? Shape { get; init; }

    /// <summary>
    /// Concentration of Beta(alpha, alpha). From 0, with which nothing is replaced, to 1,000,000, with which half of every image is; 1 makes all areas equally
    /// probable, as in the paper. Default: 1.
    /// </summary>
    public double Alpha { get; init; } = 1;

    internal override string Name => "CutMix";

    internal override bool NeverMixes => Alpha == 0 || base.NeverMixes;

    internal override void Validate(IExceptionContext context)
    {
        base.Validate(context);
        Shape?.Validate(context);
        context.CheckBetween(Alpha, nameof(Alpha), 0, BetaDistribution.GreatestAlpha);
    }

    internal override Func<FeatureMixer> CreateMixers(IHostEnvironment env, IDataView source, DataViewSchema.Column? features)
    {
        if (features is not { Type: VectorDataViewType type } images)
            throw env.ExceptUserArg(nameof(FeatureColumnName), "CutMix mixes images, but the trainer reads categories alone: take Mixup or FeatureSwap.");
        var layout = ImageShape.Of(env, images, type, Shape).Layout;
        return () => new CutMixMixer(layout, Alpha);
    }
}
