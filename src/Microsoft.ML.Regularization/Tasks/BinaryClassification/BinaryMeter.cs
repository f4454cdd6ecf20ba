using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Accuracy, and the area under the ROC curve where both classes are there, for which every row's score is kept.</summary>
internal sealed class BinaryMeter(TargetEncoding encoding) : ClassificationMeter(classes: 2, outputs: 1, encoding)
{
    private readonly List<float> _scores = [];
    private readonly List<bool> _isPositive = [];

    public override void Add(ReadOnlySpan<float> output, RowLabel label)
    {
        base.Add(output, label);
        _scores.Add(output[0]);
        _isPositive.Add(label.MostProbableClass == 1);
    }

    public override IReadOnlyDictionary<ValidationMetric, double> Measure(RowLosses rows)
    {
        var metrics = new Dictionary<ValidationMetric, double>(base.Measure(rows));
        if (RocCurve.Area(CollectionsMarshal.AsSpan(_scores), row => _isPositive[row], row => (float)rows.Weights[row]) is { } area)
            metrics[ValidationMetric.AreaUnderRocCurve] = area;
        return metrics;
    }

    protected override int PredictedClass(ReadOnlySpan<float> output) => output[0] > 0 ? 1 : 0;
}
