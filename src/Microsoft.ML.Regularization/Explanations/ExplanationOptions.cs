using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Options of explanations: see <see cref="ExplanationTransformer"/>.</summary>
public sealed record ExplanationOptions
{
    /// <summary>New column: the contribution of each column to the score. Default: Contributions.</summary>
    public string ContributionsColumnName { get; init; } = "Contributions";

    /// <summary>New column: what contributions are added to, the mean score of the background rows. Default: ContributionBase.</summary>
    public string BaseColumnName { get; init; } = "ContributionBase";

    /// <summary>
    /// Rows that a row is compared with, from 1 to 10,000: a random choice of those that the estimator is fitted to, or all where there are fewer. The model file holds them.
    /// Default: 1,000.
    /// </summary>
    public int BackgroundRows { get; init; } = 1000;

    /// <summary>
    /// Groups of background rows with similar scores, from 1 (all rows) to 10,000; as many as there are rows take each for itself. A row is compared with the mean of each group, as
    /// the network sees it, which takes a gradient for each of the <see cref="Steps"/>. Default: 8.
    /// </summary>
    public int Groups { get; init; } = 8;

    /// <summary>
    /// Points at which the way from each group to the row is looked at, from 1 to 1,000. Ways from different groups have their points at different places, so that few are enough
    /// where there are several groups. Default: 1.
    /// </summary>
    public int Steps { get; init; } = 1;

    /// <summary>Seed by which rows are chosen. Default: null, which takes that of the <see cref="MLContext"/>.</summary>
    public int? Seed { get; init; }

    internal void Validate(IExceptionContext context)
    {
        context.CheckName(ContributionsColumnName, nameof(ContributionsColumnName));
        context.CheckName(BaseColumnName, nameof(BaseColumnName));
        if (ContributionsColumnName == BaseColumnName)
        {
            throw context.ExceptUserArg(
                nameof(BaseColumnName), $"ContributionsColumnName and BaseColumnName must be different columns, but both are '{BaseColumnName}'.");
        }

        context.CheckBetween(BackgroundRows, nameof(BackgroundRows), 1, 10_000);
        context.CheckBetween(Groups, nameof(Groups), 1, 10_000);
        context.CheckBetween(Steps, nameof(Steps), 1, 1000);
    }
}
