using System.Globalization;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>Looks after the networks of each fold, or after all networks where there are no folds.</summary>
internal sealed class GroupObserver(IReadOnlyList<MemberGroup> groups) : ICohortObserver
{
    public void AfterRound(Cohort cohort, int round)
    {
        foreach (var group in groups)
            group.AfterRound(cohort, round);
    }

    public void Checkpoint(CheckpointState state)
    {
        for (var i = 0; i < groups.Count; i++)
            state.Part(i.ToString(CultureInfo.InvariantCulture), groups[i]);
    }
}
