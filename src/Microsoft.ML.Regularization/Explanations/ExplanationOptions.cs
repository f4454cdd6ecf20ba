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
    /// Rows that a row is compared with, from 1 (a single row of middling score) to 1024; of the rows that the estimator is fitted to, those whose scores
    /// lie evenly among all. Each takes a gradient of the row for each of the <see cref="Steps"/>. Default: 16.
    /// </summary>
    public int BackgroundRows { get; init; } = 16;

    /// <summary>
    /// Points at which the way from each background row to the row is looked at, from 1 to 1024. Ways of different background rows have their points at different
    /// places, so that few are enough where there are several rows. Default: 1.
    /// </summary>
    public int Steps { get; init; } = 1;

    /// <summary>Seed by which up to 1,000 rows are chosen for the background to be taken from. Default: null, which takes that of the <see cref="MLContext"/>.</summary>
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

        context.CheckBetween(BackgroundRows, nameof(BackgroundRows), 1, 1024);
        context.CheckBetween(Steps, nameof(Steps), 1, 1024);
    }
}
