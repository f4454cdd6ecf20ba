namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Labels of true and false, in the order false, true. The network has one output, whose sigmoid is the probability of true.</summary>
internal sealed class BinaryTarget() : ClassTarget(classes: 2, [bool.FalseString, bool.TrueString])
{
    public override int Outputs => 1;

    public override string? WhyUndefined(ValidationMetric metric, LabelSummary validation) =>
        metric == ValidationMetric.AreaUnderRocCurve && !(validation.Classes.Leads(0) && validation.Classes.Leads(1))
            ? "the validation rows are of one class, and the area compares two"
            : null;

    public override ValidationMeter CreateMeter(TargetEncoding encoding) => new BinaryMeter(encoding);
}
