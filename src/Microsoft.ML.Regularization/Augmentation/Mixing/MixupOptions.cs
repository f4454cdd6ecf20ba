using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Mixup: while a pipeline is fitted, each row becomes <c>lambda x_i + (1 - lambda) x_j</c> with a random partner row j, features and labels
/// alike, lambda ~ Beta(alpha, alpha) drawn for each row (Zhang, Cisse, Dauphin and Lopez-Paz, "mixup: Beyond empirical risk minimization",
/// 2018). The paper draws one lambda for a batch; a pipeline has rows, not batches.
/// </summary>
/// <remarks>
/// Features may be dense or sparse. A number that one of the two rows lacks (NaN or infinite) has no combination: it is missing with the probability of that
/// row's share of the mixture, drawn for each row and number, and else the other row's; what both lack is missing. For partners, held-out rows and weights see
/// <see cref="MixingOptions"/>.
/// </remarks>
[UnionCase("Mixup")]
public sealed record MixupOptions : MixingOptions
{
    /// <summary>
    /// Concentration of Beta(alpha, alpha). From 0, with which nothing is mixed and rows stay as they are, to 1,000,000, with which every row is the mean
    /// of two; 1 makes lambda uniform. 0.2 to 0.4 is usual. Default: 0.2.
    /// </summary>
    public double Alpha { get; init; } = 0.2;

    internal override string Name => "Mixup";

    internal override bool NeverMixes => Alpha == 0 || base.NeverMixes;

    internal override void Validate(IExceptionContext context)
    {
        base.Validate(context);
        context.CheckBetween(Alpha, nameof(Alpha), 0, BetaDistribution.GreatestAlpha);
    }

    internal override Func<FeatureMixer> CreateMixers(IHostEnvironment env, IDataView source, DataViewSchema.Column? features) => () => new MixupMixer(Alpha);
}
