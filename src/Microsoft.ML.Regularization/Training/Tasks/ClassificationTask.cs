using System.Globalization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>What classifiers have in common: targets are distributions over the classes.</summary>
internal abstract class ClassificationTask : LearningTask
{
    public override bool HasClasses => true;

    public override (ValidationMetric Metric, string Name) Headline => (ValidationMetric.Accuracy, "accuracy");

    public override void CheckLabels(IExceptionContext context, string labelColumnName, RowSummary training, RowSummary validation)
    {
        var (trainingRows, validationRows) = (training.ClassRows, validation.ClassRows);
        if (trainingRows.Count(rows => rows > 0) == 1)
        {
            var only = Array.FindIndex(trainingRows, rows => rows > 0);
            throw context.Except(
                $"Column '{labelColumnName}': all {training.Count} training rows are of class {NameOf(only)}; a classifier needs at least two classes.");
        }

        if (validation.Count == 0)
            return;

        for (var k = 0; k < trainingRows.Length; k++)
        {
            if (trainingRows[k] > 0 && validationRows[k] == 0)
            {
                throw context.Except(
                    $"Column '{labelColumnName}': none of the {validation.Count} validation rows is of class {NameOf(k)}, "
                    + $"which {trainingRows[k]} training rows are of. "
                    + (trainingRows[k] == 1
                        ? "A class of one row cannot be both trained and validated on: leave it out, or give a ValidationSet that has every class."
                        : "Validate on more rows, or on a ValidationSet that has every class."));
            }
        }
    }

    public override TargetEncoding CreateEncoding(
        IExceptionContext context, string labelColumnName, RowSummary training, ClassWeights? classWeights, TargetScale? previous) =>
        new ClassEncoding(TargetSize, classWeights?.Resolve(context, training.ClassMasses, labelColumnName, training.Count));

    public override Objective CreateObjective(LossFunction? loss, RegularizationRecipe recipe) => loss switch
    {
        null or CrossEntropyLoss => new CrossEntropyObjective(recipe.ConfidencePenalty),
        FocalLoss focal => new FocalObjective(focal),
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, message: null),
    };

    public override ValidationMeter CreateMeter(TargetEncoding encoding) => new ClassificationMeter(TargetSize);

    private string NameOf(int index) =>
        ClassNames is { } names ? $"'{names[index]}'" : (index + 1).ToString(CultureInfo.InvariantCulture) + " (counted from 1)";
}
