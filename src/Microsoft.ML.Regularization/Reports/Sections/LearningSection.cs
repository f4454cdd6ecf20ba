using static Microsoft.ML.Regularization.Reports.ReportSection;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>The loss by epoch, and what ended training.</summary>
internal static class LearningSection
{
    /// <summary>Null where there were no epochs.</summary>
    public static ReportSection? Of(TrainingHistory history) => history.Epochs.Count == 0 ? null : new(
        "How it learned", Paragraph(Why(history)) + Chart(history) + (history.Pack is { } pack ? Members(pack) : ""));

    /// <summary>The curves of training and validation.</summary>
    public static SvgChart Chart(TrainingHistory history)
    {
        var training = history.Epochs.Select(epoch => ((double)epoch.Epoch, epoch.TrainingLoss)).ToList();
        var validation = history.Epochs.Where(epoch => epoch.ValidationLoss is not null).Select(epoch => ((double)epoch.Epoch, epoch.ValidationLoss!.Value)).ToList();
        var losses = training.Concat(validation).Select(point => point.Item2);
        var chart = new SvgChart("Loss by epoch", new Axis("epoch", 0, Math.Max(1, history.Epochs[^1].Epoch), "0"), Axis.Around("loss", losses))
            .Line(training, "c1", "training, with noise and mixing");
        if (validation.Count > 0)
            chart.Line(validation, "c2", "validation");
        return history.ModelEpoch > 0 ? chart.Mark(history.ModelEpoch, $"the model, epoch {history.ModelEpoch}") : chart;
    }

    private static string Why(TrainingHistory history)
    {
        var ended = history.StopReason switch
        {
            StopReason.MaxEpochs => "Training ended after its last epoch",
            StopReason.PatienceExhausted => "Training ended when the validation rows had told of no progress for a while",
            StopReason.Diverged => "Training diverged: a lower learning rate would help",
            StopReason.Cancelled => "Training was cancelled",
            StopReason.TimeLimit => "Training ended at its time limit",
            _ => "Training had converged",
        };
        var rows = history.ValidationRows > 0 ? $"{Count(history.TrainingRows)} rows to train on, {Count(history.ValidationRows)} to validate on" : $"{Count(history.TrainingRows)} rows";
        return $"{ended}: {history.Epochs.Count} epochs, {rows}.";
    }

    private static string Members(PackReport pack) => Paragraph(
        $"A pack of {pack.Members.Count} networks was trained; what each is worth on the validation rows ({pack.Metric}, smaller is better), and its share of the ensemble:")
        + HtmlTable.Of(
            ["network", "alone", "share"],
            pack.Members.OrderByDescending(member => member.Share).Select(member => (IReadOnlyList<string>)
                [$"{member.Architecture}; {member.Recipe}", member.BestLoss is { } loss ? Figure(loss) : "", Percent(member.Share)]))
        + (pack.EnsembleLoss is { } ensemble ? Paragraph($"Together they have {Figure(ensemble)}.") : "");
}
