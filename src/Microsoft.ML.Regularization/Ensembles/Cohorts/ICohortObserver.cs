using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>
/// Looks at a cohort after each round, on the thread that trains it: keeps members' weights, and ends members or all of them. What it remembers lasts over
/// checkpoints.
/// </summary>
internal interface ICohortObserver : ICheckpointed
{
    /// <summary>Called when each member that was running has trained an epoch more.</summary>
    /// <param name="cohort">Its members have a report of the round, except those that were over before.</param>
    /// <param name="round">The round, from 1.</param>
    void AfterRound(Cohort cohort, int round);
}
