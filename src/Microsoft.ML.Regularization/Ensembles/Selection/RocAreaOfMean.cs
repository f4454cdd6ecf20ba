using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>One less the area under the ROC curve of the mean probability of true; 1 where the rows are of one class.</summary>
internal sealed class RocAreaOfMean(RowLabels labels) : EnsembleMetric
{
    public override float[] Reduce(ReadOnlySpan<float> predictions)
    {
        if (predictions.Length == labels.Count)
            return predictions.ToArray();

        var ofTrue = new float[labels.Count];
        for (var row = 0; row < ofTrue.Length; row++)
            ofTrue[row] = predictions[row * 2 + 1];
        return ofTrue;
    }

    public override double Measure(ReadOnlySpan<float> sum, ReadOnlySpan<float> added, int count)
    {
        var scores = new float[added.Length];
        TensorPrimitives.Add(sum, added, scores);
        return 1 - (RocCurve.Area(scores, row => labels[row].MostProbableClass == 1, row => labels[row].Weight) ?? 0);
    }
}
