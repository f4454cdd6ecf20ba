using System.Globalization;
using System.Numerics.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>What classifiers have in common: targets are distributions over the classes.</summary>
internal abstract class ClassificationTask : LearningTask
{
    public override bool HasClasses => true;

    public override (ValidationMetric Metric, string Name) Headline => (ValidationMetric.Accuracy, "accuracy");

    public override void CheckLabels(IExceptionContext context, string labelColumnName, RowTable training, RowTable validation)
    {
        var (trainingRows, _) = training.CountClasses();
        if (trainingRows.Count(rows => rows > 0) == 1)
        {
            var only = Array.FindIndex(trainingRows, rows => rows > 0);
            throw context.Except(
                $"Column '{labelColumnName}': all {training.Count} training rows are of class {NameOf(only)}; a classifier needs at least two classes.");
        }

        if (validation.Count == 0)
            return;

        var (validationRows, _) = validation.CountClasses();
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
        IExceptionContext context, string labelColumnName, RowTable training, ClassWeights? classWeights, TargetScale? previous) =>
        new ClassEncoding(TargetSize, classWeights?.Resolve(context, training.CountClasses().Masses, labelColumnName, training.Count));

    public override Objective CreateObjective(LossFunction? loss, RegularizationRecipe recipe) => loss switch
    {
        null or CrossEntropyLoss => new CrossEntropyObjective(recipe.ConfidencePenalty),
        FocalLoss focal => new FocalObjective(focal),
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, message: null),
    };

    public override IReadOnlyDictionary<ValidationMetric, double> Measure(
        ReadOnlySpan<float> outputs, RowTable table, RowLosses rowLosses, TargetEncoding encoding)
    {
        var (accuracy, macroAccuracy) = MeasureAccuracy(outputs, table);
        return new Dictionary<ValidationMetric, double>
        {
            [ValidationMetric.Loss] = rowLosses.Mean,
            [ValidationMetric.Accuracy] = accuracy,
            [ValidationMetric.MacroAccuracy] = macroAccuracy,
        };
    }

    /// <summary>Accuracy over the rows, and as a mean over the classes.</summary>
    private (double Accuracy, double MacroAccuracy) MeasureAccuracy(ReadOnlySpan<float> outputs, RowTable table)
    {
        var right = new double[TargetSize];
        var weights = new double[TargetSize];
        for (var row = 0; row < outputs.Length / Outputs; row++)
        {
            var expected = table.MostProbableClass(row);
            weights[expected] += table.Weight(row);
            if (PredictedClass(outputs.Slice(row * Outputs, Outputs)) == expected)
                right[expected] += table.Weight(row);
        }

        var total = weights.Sum();
        var shown = Enumerable.Range(0, TargetSize).Where(k => weights[k] > 0).ToList();
        return shown.Count == 0 ? (0, 0) : (right.Sum() / total, shown.Average(k => right[k] / weights[k]));
    }

    private int PredictedClass(ReadOnlySpan<float> outputs) =>
        Outputs == 1 ? (outputs[0] > 0 ? 1 : 0) : TensorPrimitives.IndexOfMax(outputs);

    private string NameOf(int index) =>
        ClassNames is { } names ? $"'{names[index]}'" : (index + 1).ToString(CultureInfo.InvariantCulture) + " (counted from 1)";
}
