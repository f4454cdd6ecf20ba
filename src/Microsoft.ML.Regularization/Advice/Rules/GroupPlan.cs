using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Trainers;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>The networks of an effort, spelled out, so that folds keep groups together.</summary>
internal static class GroupPlan
{
    public static AdvicePlan Of(Situation seen, AdvicePlan plan)
    {
        var group = seen.Table.SamplingKeyColumnName!;
        if (!EffortPlan.Applies(plan.Trainer) || seen.Width > EffortPlan.MostNumbers)
            return plan with { HoldsOutGroupsOf = group };
        var networks = EffortPlan.NetworksFor(
            plan.Trainer.Effort, seen.Table.Rows, new InputLayout { Numbers = seen.Width }, seen.HasClasses ? seen.Table.Classes.Count : null, seen.Table.Classes.All(one => one.Rows >= EffortPlan.Folds));
        return networks.Folds is null
            ? plan with { HoldsOutGroupsOf = group }
            : plan with { Trainer = networks.Of(plan.Trainer) with { SamplingKeyColumnName = group } };
    }
}
