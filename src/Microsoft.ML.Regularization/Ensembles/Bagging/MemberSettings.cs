using Microsoft.ML.Regularization.Training;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>The settings of one of several networks that differ by nothing but their random draws.</summary>
internal static class MemberSettings
{
    /// <summary>A network to train on each of some sets.</summary>
    /// <param name="sets">The sets.</param>
    /// <param name="areFolds">Whether they are folds of the same rows; else there is one.</param>
    /// <param name="settings">Those of these networks.</param>
    /// <param name="member">See <see cref="Of"/>.</param>
    public static IEnumerable<MemberPlan> PlansOf(
        IReadOnlyList<ITrainingData> sets, bool areFolds, TrainingSettings settings, int member) =>
        sets.Select((set, i) => new MemberPlan(set, Of(settings, member, areFolds ? i : null)));

    /// <param name="settings">Those of all.</param>
    /// <param name="member">Which one of those on the same rows, from 0; the first has the draws of a network that is trained by itself.</param>
    /// <param name="fold">The fold that it validates on, from 0; null where there are none.</param>
    public static TrainingSettings Of(TrainingSettings settings, int member, int? fold)
    {
        var key = fold is { } own ? settings.Key.Derive("fold").Derive((ulong)own) : settings.Key;
        return settings with
        {
            Place = new MemberPlace(member + 1, fold + 1),
            Key = member == 0 ? key : key.Derive("member").Derive((ulong)member),
            Calibration = null,
            Checkpoint = null,
            Progress = null,
        };
    }
}
