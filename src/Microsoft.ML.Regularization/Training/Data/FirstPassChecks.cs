using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// Refuses row sets that cannot be trained or validated on, and warns of rows that were left out, once all rows were read for the first time.
/// </summary>
internal sealed class FirstPassChecks(IHost host, IChannel channel, TrainingColumns columns)
{
    /// <param name="reader">Has read the rows.</param>
    /// <param name="split">Splits the rows.</param>
    /// <param name="training">How many of them are trained on.</param>
    /// <param name="validation">How many are validated on.</param>
    public void CheckRows(RowReader reader, ValidationSplit split, long training, long validation)
    {
        ReportSkipped(reader, "training");
        if (training == 0)
        {
            if (validation > 0)
                throw host.ExceptUserArg(nameof(HoldOutOptions.Fraction), $"HoldOut marked all {validation} usable rows: lower its Fraction.");

            throw host.Except(reader.Skipped > 0
                ? $"No usable training rows: all {reader.Skipped} have {string.Join(" or ", Reasons(reader))}."
                : "There are no training rows: the data view is empty.");
        }

        if (split.LeavesMarkedRowsOut && validation == 0)
            throw host.ExceptUserArg(nameof(HoldOutOptions.Fraction), $"HoldOut marked none of {training} rows: raise its Fraction.");
    }

    public void CheckValidationSet(RowReader reader, long rows)
    {
        ReportSkipped(reader, "validation");
        if (rows == 0)
            throw host.ExceptUserArg(ValidationSet.Option, "The validation set has no usable rows.");
    }

    public void CheckWeights(RowSummary training, RowSummary validation)
    {
        if (training.WeightSum == 0)
            throw host.Except($"Column '{columns.Weight!.Value.Name}': all example weights are 0.");
        if (validation.Count > 0 && validation.WeightSum == 0)
            throw host.Except($"Column '{columns.Weight!.Value.Name}': all example weights of the {validation.Count} validation rows are 0.");
    }

    private IEnumerable<string> Reasons(RowReader reader)
    {
        if (reader.WhyUnusable is { } why)
            yield return $"features in column '{columns.InputName}' that {why}";
        if (columns.Task is not SelfSupervisedTask)
            yield return $"a missing label in column '{columns.Label.Name}'";
    }

    private void ReportSkipped(RowReader reader, string purpose)
    {
        if (reader.SkippedForFeatures > 0)
            channel.Warning($"Skipped {reader.SkippedForFeatures} {purpose} rows whose features in column '{columns.InputName}' {reader.WhyUnusable}.");
        if (reader.CutRows > 0)
        {
            channel.Warning(
                $"Cut {reader.CutRows} {purpose} rows in column '{columns.InputName}' to their first {columns.FeatureCount} tokens: "
                + "raise MaxLength to read more of them.");
        }

        if (reader.SkippedForLabel > 0)
            channel.Warning($"Skipped {reader.SkippedForLabel} {purpose} rows whose label in column '{columns.Label.Name}' is missing.");
    }
}
