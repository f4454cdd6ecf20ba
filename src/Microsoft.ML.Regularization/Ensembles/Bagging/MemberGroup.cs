using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>
/// The networks of a cohort that validate on the same rows. What counts is their mean prediction: its metrics decide which epoch is the best, the same for all
/// of them, and when early stopping ends them.
/// </summary>
internal sealed class MemberGroup : ICheckpointed
{
    private readonly int? _fold;
    private readonly IReadOnlyList<int> _members;
    private readonly EpochChoice _best;
    private readonly MeanEvaluation? _evaluation;

    /// <param name="channel">Is warned where the metric that early stopping watches is not defined.</param>
    /// <param name="rows">The rows of its networks.</param>
    /// <param name="plans">The cohort's.</param>
    /// <param name="fold">The fold that the networks validate on, from 1; null where there are none.</param>
    public MemberGroup(IChannel channel, ITrainingData rows, IReadOnlyList<MemberPlan> plans, int? fold)
    {
        (Rows, _fold) = (rows, fold);
        _members = [.. plans.Index().Where(plan => plan.Item.Place.Fold == fold).Select(plan => plan.Index)];
        var settings = plans[_members[0]].Settings;
        _best = new EpochChoice(channel, settings, rows);
        _evaluation = rows.Validation.Count > 0 ? MeanEvaluation.OnValidation(rows, settings) : null;
    }

    /// <summary>The rows of its networks.</summary>
    public ITrainingData Rows { get; }

    /// <summary>Of each epoch what the networks did on the mean, and the metrics of their mean prediction.</summary>
    public List<EpochReport> Reports { get; private set; } = [];

    /// <summary>The labels of its validation rows; null where there are none.</summary>
    public RowLabels? Labels => _evaluation?.Labels;

    /// <summary>Its networks.</summary>
    public IEnumerable<CohortMember> MembersIn(Cohort cohort) => _members.Select(i => cohort.Members[i]);

    /// <summary>Takes in the round's reports, keeps the networks' weights where it is the best so far, and ends them where it is time.</summary>
    public void AfterRound(Cohort cohort, int round)
    {
        var members = MembersIn(cohort).Where(member => member.End != StopReason.Diverged).ToList();
        var reporting = members.Where(member => member.Epochs.Count == round).ToList();
        if (reporting.Count == 0)
            return;

        // A network that is over by itself still predicts.
        var measured = _evaluation?.Measure(MeanOutputs([.. members.Select(member => member.ValidationOutputs)], members[0].Encoding), members[0].Encoding);
        var report = MeanReport.Of([.. reporting.Select(member => member.Epochs[^1])], measured?.Metrics) with { Fold = _fold };
        Reports.Add(report);
        if (_best.Observe(report, measured?.Losses ?? default))
        {
            foreach (var member in members)
                member.Keep();
        }

        if (!_best.IsPatienceExhausted)
            return;
        foreach (var member in members)
            member.EndBy(StopReason.PatienceExhausted);
    }

    /// <summary>The mean of what some of the networks predict for the validation rows, in the units of their targets' encoding.</summary>
    public ReadOnlySpan<float> MeanOutputs(IReadOnlyList<ReadOnlyMemory<float>> outputs, TargetEncoding encoding)
    {
        // The mean of a single one would differ from it by rounding.
        if (outputs.Count == 1)
            return outputs[0].Span;

        var (length, count) = (outputs[0].Length, outputs[0].Length / Rows.Target.Outputs);
        var all = new float[outputs.Count * length];
        for (var i = 0; i < outputs.Count; i++)
            outputs[i].CopyTo(all.AsMemory(i * length, length));
        MeanOf(outputs.Count, encoding).Compute(all, count, all.AsSpan(0, length));
        return all.AsSpan(0, length);
    }

    public void Checkpoint(CheckpointState state)
    {
        state.Part("best", _best);
        Reports = state.Value("reports", Reports);
    }

    // Networks on the same rows learn a regression in the same units, in which the mean can be taken as well.
    private PredictionMean MeanOf(int networks, TargetEncoding encoding)
    {
        var scale = Rows.Task.ScaleOfMean;
        if (encoding.Scale is { } own)
            scale = scale! with { Least = (own.Least - own.Mean) / own.Deviation, Greatest = (own.Greatest - own.Mean) / own.Deviation };
        return Rows.Task.CreateMean(Rows.Target.Outputs, [.. Enumerable.Repeat(scale, networks)], PredictionMean.Alike(networks));
    }
}
