using Microsoft.ML.Regularization.Training;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>The settings of one of several networks that differ by nothing but their random draws.</summary>
internal static class MemberSettings
{
    /// <param name="settings">Those of all.</param>
    /// <param name="member">Which one of those on the same rows, from 0; the first has the draws of a network that is trained by itself.</param>
    /// <param name="fold">The fold that it validates on, from 0; null where there are none.</param>
    /// <param name="previous">For each network one to continue from; empty to start new ones.</param>
    public static TrainingSettings Of(TrainingSettings settings, int member, int? fold, IReadOnlyList<TrainingOutcome> previous)
    {
        var key = fold is { } own ? settings.Key.Derive("fold").Derive((ulong)own) : settings.Key;
        return settings with
        {
            Place = new MemberPlace(member + 1, fold + 1),
            Key = member == 0 ? key : key.Derive("member").Derive((ulong)member),
            Previous = previous.Count == 0 ? null : previous[member],
            CalibrationDeviation = null,
            Checkpoint = null,
            Progress = null,
        };
    }
}
