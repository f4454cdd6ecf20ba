using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Options of Monte-Carlo prediction: see <see cref="MonteCarloTransformer"/>.</summary>
public sealed record MonteCarloOptions
{
    /// <summary>
    /// Column of features: the one that the network was trained on; any name for a network of categories alone. Default: null, the one that the trainer before it
    /// read, and Features for a network that is given.
    /// </summary>
    public string? FeatureColumnName { get; init; }

    /// <summary>
    /// Number of networks to draw, from 2 (a very rough deviation) to 10000. The error of mean and deviation falls with the square root of this number, and
    /// each network costs one scoring of the row. For a model of several networks at least as many as they are, better twice as many or more. Default: 50.
    /// </summary>
    public int Passes { get; init; } = 50;

    /// <summary>New column: the mean prediction. Default: ScoreMean.</summary>
    public string MeanColumnName { get; init; } = "ScoreMean";

    /// <summary>New column: the standard deviation of predictions. Default: ScoreDeviation.</summary>
    public string DeviationColumnName { get; init; } = "ScoreDeviation";

    /// <summary>
    /// Seed of the draws. Default: null, which takes the seed of the <see cref="MLContext"/> or, where that has none, a random one for each estimator.
    /// The transformer keeps it, in the model file too.
    /// </summary>
    public int? Seed { get; init; }

    internal void Validate(IExceptionContext context)
    {
        if (FeatureColumnName is not null)
            context.CheckName(FeatureColumnName, nameof(FeatureColumnName));
        context.CheckBetween(Passes, nameof(Passes), 2, 10000);
        context.CheckName(MeanColumnName, nameof(MeanColumnName));
        context.CheckName(DeviationColumnName, nameof(DeviationColumnName));
        if (MeanColumnName == DeviationColumnName)
        {
            throw context.ExceptUserArg(
                nameof(DeviationColumnName), $"MeanColumnName and DeviationColumnName must be different columns, but both are '{MeanColumnName}'.");
        }
    }
}
