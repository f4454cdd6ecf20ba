namespace Microsoft.ML.Regularization.Tasks;

/// <summary>The loss of a row, from the network's outputs and the row's target.</summary>
internal abstract class Objective
{
    /// <summary>The weighted sum of the rows' losses, from which gradients flow.</summary>
    /// <param name="outputs">(rows, outputs) of the network.</param>
    /// <param name="targets">(rows, targets).</param>
    /// <param name="rowFactors">(rows): each row's weight over the normalizer of the sum.</param>
    public abstract Tensor Sum(Tensor outputs, Tensor targets, Tensor rowFactors);

    /// <summary>Whether <see cref="GradientOfRow"/> computes the loss in managed code; else gradients flow through <see cref="Sum"/>.</summary>
    public virtual bool HasGradient => false;

    /// <summary>One row's loss, with all its terms, and its gradient.</summary>
    /// <param name="outputs">Of the network.</param>
    /// <param name="target">Of the row.</param>
    /// <param name="gradient">Receives the gradient by the outputs.</param>
    public virtual double GradientOfRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target, Span<float> gradient) =>
        throw new NotSupportedException($"{GetType().Name} has its gradient from libtorch.");

    /// <summary>One row's loss in managed code, without the terms that only training adds.</summary>
    public abstract double OfRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target);

    /// <summary>The same of several rows.</summary>
    /// <param name="outputs">Row by row.</param>
    /// <param name="targets">Row by row.</param>
    /// <param name="losses">Receives each row's loss.</param>
    public virtual void OfRows(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<double> losses)
    {
        var (width, size) = (outputs.Length / losses.Length, targets.Length / losses.Length);
        for (var row = 0; row < losses.Length; row++)
            losses[row] = OfRow(outputs.Slice(row * width, width), targets.Slice(row * size, size));
    }
}
