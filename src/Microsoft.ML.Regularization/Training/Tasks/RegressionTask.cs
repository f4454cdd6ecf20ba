using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>A number: the network learns it in units of the training targets' standard deviation, from their mean.</summary>
internal sealed class RegressionTask : LearningTask
{
    public override int Outputs => 1;

    public override int TargetSize => 1;

    public override IReadOnlyList<string>? ClassNames => null;

    public override bool HasClasses => false;

    public override (ValidationMetric Metric, string Name) Headline => (ValidationMetric.RSquared, "R-squared");

    public static RegressionTask? Of(DataViewSchema.Column label) => label.Type == NumberDataViewType.Single ? new() : null;

    public override void CheckLabels(IExceptionContext context, string labelColumnName, RowTable training, RowTable validation)
    {
        if (TargetScale.Of(training).Deviation > 0)
            return;

        var target = new float[1];
        training.CopyTarget(0, target);
        throw context.Except(string.Create(
            CultureInfo.InvariantCulture,
            $"Column '{labelColumnName}': all {training.Count} training rows have the target {target[0]}; a regression needs at least two different ones."));
    }

    public override TargetEncoding CreateEncoding(
        IExceptionContext context, string labelColumnName, RowTable training, ClassWeights? classWeights, TargetScale? previous) =>
        new TargetStandardization(previous ?? TargetScale.Of(training));

    public override Objective CreateObjective(LossFunction? loss, RegularizationRecipe recipe) => loss switch
    {
        null or SquaredLoss => new SquaredObjective(),
        AbsoluteLoss => new AbsoluteObjective(),
        HuberLoss huber => new HuberObjective(huber),
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, message: null),
    };

    public override IReadOnlyDictionary<ValidationMetric, double> Measure(
        ReadOnlySpan<float> outputs, RowTable table, RowLosses rowLosses, TargetEncoding encoding)
    {
        var scale = encoding.Scale!;
        var (absolute, squared, targets) = (new double[outputs.Length], new double[outputs.Length], new double[outputs.Length]);
        var target = new float[1];
        for (var row = 0; row < outputs.Length; row++)
        {
            table.CopyTarget(row, target);
            targets[row] = target[0];
            absolute[row] = Math.Abs(scale.Restore(outputs[row]) - target[0]);
            squared[row] = absolute[row] * absolute[row];
        }

        var mean = Mean(targets);
        var variance = Mean(Array.ConvertAll(targets, value => (value - mean) * (value - mean)));
        var meanSquare = Mean(squared);
        return new Dictionary<ValidationMetric, double>
        {
            [ValidationMetric.Loss] = rowLosses.Mean,
            [ValidationMetric.RSquared] = variance > 0 ? 1 - meanSquare / variance : 0,
            [ValidationMetric.MeanAbsoluteError] = Mean(absolute),
            [ValidationMetric.RootMeanSquaredError] = Math.Sqrt(meanSquare),
        };

        double Mean(double[] values) => (rowLosses with { Losses = values }).Mean;
    }
}
