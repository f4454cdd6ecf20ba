using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Fits linear heads to features.</summary>
/// <param name="scale">The features' scale.</param>
/// <param name="encoding">Encodes the targets.</param>
/// <param name="objective">The rows' loss, which has its gradient in managed code.</param>
/// <param name="outputs">Outputs of a head.</param>
/// <param name="hasClasses">Whether outputs are logits of classes.</param>
/// <param name="watch">Signals when the fit is to end.</param>
internal sealed class HeadFit(FeatureScale scale, TargetEncoding encoding, Objective objective, int outputs, bool hasClasses, FitWatch watch)
{
    // Of the gradient, whose terms are in single precision, by weights of features of length 1: what more would change of the loss is far below what rows can tell.
    private const double Tolerance = 1e-4;
    private const double FineTolerance = 1e-5;

    public int Outputs => outputs;

    public bool HasClasses => hasClasses;

    /// <summary>The loss of a row whose outputs are multiplied by a number.</summary>
    public double LossOf(ReadOnlySpan<float> row, ReadOnlySpan<float> target, double multiplier)
    {
        Span<float> multiplied = row.Length <= 64 ? stackalloc float[row.Length] : new float[row.Length];
        TensorPrimitives.Multiply(row, (float)multiplier, multiplied);
        return objective.OfRow(multiplied, target);
    }

    /// <summary>Some rows of a table.</summary>
    public HeadRows Rows(RowTable table, int[] rows) => new(table, rows, scale, encoding, outputs);

    /// <summary>The head of least penalized loss.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="penalty">See <see cref="LinearProbe.Penalty"/>.</param>
    /// <param name="start">A head to start from.</param>
    /// <param name="isLast">Whether it is to be exact, rather than one of many to compare.</param>
    /// <exception cref="OperationCanceledException">The fit is to end.</exception>
    public double[] Minimize(HeadRows rows, double penalty, double[] start, bool isLast = false)
    {
        watch.ThrowIfInterrupted();
        return QuasiNewton.Minimize((head, gradient) => rows.Loss(objective, penalty, head, gradient), start, isLast ? FineTolerance : Tolerance);
    }

    /// <summary>What rows tell about the probabilities of heads that have not seen them, at the temperature that is part of these; null where that is not asked for.</summary>
    public LearnedCalibration? Calibrate(RowTable table, TriedPenalty tried, Calibration? calibration)
    {
        if (CalibrationLearner.Of(calibration, outputs) is not { } learner)
            return null;

        var scaled = Array.ConvertAll(tried.Outputs, output => (float)(output * tried.Multiplier));
        for (var row = 0; row < table.Count; row++)
            learner.Add(scaled.AsSpan(row * outputs, outputs), table.Label(row), encoding);
        return learner.Learn();
    }
}
