using Microsoft.ML.Regularization.Training;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>The sets that the networks of a pack train and validate on.</summary>
/// <param name="Sets">One, or one for each fold.</param>
/// <param name="AreFolds">Whether they are folds.</param>
internal sealed record PackSets(IReadOnlyList<ITrainingData> Sets, bool AreFolds)
{
    /// <summary>The folds, or the set itself where there are none.</summary>
    public static PackSets Of(TrainingSet data, IReadOnlyList<ITrainingData> folds) => folds.Count > 0 ? new(folds, AreFolds: true) : new([data], AreFolds: false);

    /// <summary>A network for each set.</summary>
    public IEnumerable<MemberPlan> PlansOf(PackMember member) => MemberSettings.PlansOf(Sets, AreFolds, member.Settings, member.Number);
}
