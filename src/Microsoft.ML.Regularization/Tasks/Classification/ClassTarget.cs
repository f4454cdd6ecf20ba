using System.Globalization;
using Microsoft.ML.Regularization.Splitting;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Labels of classes: targets are distributions over them.</summary>
/// <param name="classes">How many there are.</param>
/// <param name="names">Their names; null where they have none.</param>
internal abstract class ClassTarget(int classes, IReadOnlyList<string>? names) : LearningTarget
{
    // Of many classes a message names the first.
    private const int MostNames = 10;

    public override int TargetSize { get; } = classes;

    public override int? ClassCount => TargetSize;

    public override int StratumOf(RowLabel label) => label.MostProbableClass;

    public override bool IsOfOneStratum(LabelSummary rows) => rows.Classes.Shown == 1;

    public override void CheckLabels(IExceptionContext context, IChannel channel, string labelColumnName, LabelSummary training, LabelSummary validation)
    {
        var (trained, validated) = (training.Classes, validation.Classes);
        if (trained.Shown < 2)
        {
            throw context.Except(
                $"Column '{labelColumnName}': all {training.Count} training rows "
                + (trained.Shown == 1 ? $"are of class {NameOf(Classes.First(trained.Has))}" : "have the same soft label")
                + "; a classifier needs at least two classes.");
        }

        if (Missing(Classes.Where(k => !trained.Has(k)), validated, "validation") is { } untrained)
            channel.Warning($"Column '{labelColumnName}': no training row is of class {untrained}. The network does not learn to tell what has no rows.");
        if (validation.Count > 0 && Missing(Classes.Where(k => trained.Has(k) && !validated.Has(k)), trained, "training") is { } unseen)
        {
            channel.Warning(
                $"Column '{labelColumnName}': none of the {validation.Count} validation rows is of class {unseen}. "
                + "Validation metrics, and early stopping, are those of the other classes.");
        }
    }

    public override TargetEncoding CreateEncoding(
        IExceptionContext context, string labelColumnName, LabelSummary training, ClassWeights? classWeights, TargetScale? previous) =>
        new ClassEncoding(TargetSize, classWeights?.Resolve(context, training.Classes.ShownMasses(), labelColumnName, training.Count));

    public override ValidationMeter CreateMeter(TargetEncoding encoding) => new ClassificationMeter(TargetSize, Outputs, encoding);

    private IEnumerable<int> Classes => Enumerable.Range(0, TargetSize);

    /// <summary>Lists the classes that are missing from one part of the rows, with their row counts in the other part; null if there are none.</summary>
    private string? Missing(IEnumerable<int> classes, ClassCounts others, string part)
    {
        var missing = classes.Select(k => others.Rows[k] > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{NameOf(k)} ({others.Rows[k]:0.##} {part} rows)")
            : NameOf(k)).ToList();
        return missing.Count switch
        {
            0 => null,
            <= MostNames => string.Join(", ", missing),
            _ => $"{string.Join(", ", missing.Take(MostNames))} and {missing.Count - MostNames} more",
        };
    }

    private string NameOf(int index) =>
        names is not null ? $"'{names[index]}'" : (index + 1).ToString(CultureInfo.InvariantCulture) + " (counted from 1)";
}
