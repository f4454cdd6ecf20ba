using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization;

/// <summary>
/// True or false: boolean labels, or vectors of the probabilities of both, in this order. The network has one output, whose sigmoid is the probability
/// of true.
/// </summary>
internal sealed class BinaryTask : ClassificationTask
{
    public override int Outputs => 1;

    public override int TargetSize => 2;

    public override IReadOnlyList<string>? ClassNames { get; } = [bool.FalseString, bool.TrueString];

    public static BinaryTask? Of(DataViewSchema.Column label) => label.Type switch
    {
        BooleanDataViewType => new(),
        VectorDataViewType { Size: 2 } soft when soft.ItemType == NumberDataViewType.Single => new(),
        _ => null,
    };

    public override string? WhyUndefined(ValidationMetric metric, LabelSummary validation) =>
        metric == ValidationMetric.AreaUnderRocCurve && !(validation.Classes.Leads(0) && validation.Classes.Leads(1))
            ? "the validation rows are of one class, and the area compares two"
            : null;

    public override ValidationMeter CreateMeter(TargetEncoding encoding) => new BinaryMeter();
}
