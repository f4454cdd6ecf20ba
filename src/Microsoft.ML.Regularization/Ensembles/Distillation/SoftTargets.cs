using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>What a student learns of a row: the label and the teacher's prediction, mixed.</summary>
/// <param name="labelShare">How much the label counts, from 0 (the teacher alone) to 1 (the label alone).</param>
/// <param name="classWeights">What the loss multiplies each class's share of a target by; null for nothing.</param>
internal sealed class SoftTargets(double labelShare, float[]? classWeights)
{
    /// <summary>Those of a set's rows.</summary>
    /// <param name="host">Makes errors.</param>
    /// <param name="data">The rows.</param>
    /// <param name="settings">The student's.</param>
    /// <param name="labelShare">How much the label counts.</param>
    public static SoftTargets For(IHost host, TrainingSet data, TrainingSettings settings, double labelShare)
    {
        // An affine calibration has taken the weights out of the teacher's predictions.
        if (settings is not { ClassWeights: { } weights, Calibration: not AffineCalibration } || data.Target.ClassCount is not { } classes)
            return new SoftTargets(labelShare, classWeights: null);

        // The encoding multiplies the share of each class by its weight.
        var encoding = data.Target.CreateEncoding(host, data.LabelColumnName, data.TrainingSummary, weights, previous: null);
        var ofClasses = new float[classes * classes];
        for (var k = 0; k < classes; k++)
            ofClasses[k * classes + k] = 1;
        encoding.Apply(ofClasses, labelSmoothing: 0);
        return new SoftTargets(labelShare, [.. Enumerable.Range(0, classes).Select(k => ofClasses[k * classes + k])]);
    }

    /// <param name="prediction">The teacher's: a number, the probability of true, or that of each class.</param>
    /// <param name="label">The row's label.</param>
    /// <param name="target">Receives the distribution over the classes, or the number.</param>
    public void Mix(ReadOnlySpan<float> prediction, RowLabel label, Span<float> target)
    {
        Span<float> own = target.Length <= 64 ? stackalloc float[target.Length] : new float[target.Length];
        label.CopyTo(own);
        Soften(prediction, target);
        TensorPrimitives.Lerp(target, own, (float)labelShare, target);
    }

    /// <summary>The target of a row without a label.</summary>
    /// <param name="prediction">The teacher's.</param>
    /// <param name="target">Receives the distribution over the classes, or the number.</param>
    public void Soften(ReadOnlySpan<float> prediction, Span<float> target)
    {
        if (prediction.Length < target.Length)
            (target[0], target[1]) = (1 - prediction[0], prediction[0]);
        else
            prediction.CopyTo(target);
        if (classWeights is not null)
            Unweight(target);
    }

    // The teacher learned classes by their weights, and with its targets the student would do so once more.
    private void Unweight(Span<float> soft)
    {
        for (var k = 0; k < soft.Length; k++)
            soft[k] = classWeights![k] > 0 ? soft[k] / classWeights[k] : 0;
        var sum = TensorPrimitives.Sum<float>(soft);
        if (sum > 0)
            TensorPrimitives.Divide(soft, sum, soft);
    }
}
