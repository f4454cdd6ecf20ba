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
    /// the network sees it, which takes a gradient for each of the <see cref="Steps"/>. Several networks that predict together share the groups out: see <see cref="NetworksOfGroup"/>.
    /// Default: null, 8 for one network, and for several 8 times as many as there are networks, but at most 64.
    /// </summary>
    public int? Groups { get; init; }

    /// <summary>
    /// Of several networks that predict together, how many compare a row with each group, in the mean and at least, from 1 to 10,000; where there are no more, all of them do. Each compares it
    /// with at least one group, and takes as many gradients as it has groups; what few groups leave aside, the mean over the networks evens out. Default: 1.
    /// </summary>
    public int NetworksOfGroup { get; init; } = 1;

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
        if (Groups is { } groups)
            context.CheckBetween(groups, nameof(Groups), 1, 10_000);
        context.CheckBetween(NetworksOfGroup, nameof(NetworksOfGroup), 1, 10_000);
        context.CheckBetween(Steps, nameof(Steps), 1, 1000);
    }
}
