using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Training;

/// <summary>A stretch of the flat tensors that one step of an optimizer treats alike.</summary>
/// <param name="Start">Its first element.</param>
/// <param name="Length">Its elements.</param>
/// <param name="LearningRate">The step's learning rate.</param>
/// <param name="Shrink">The factor of the weights by decoupled weight decay; 1 for none.</param>
/// <param name="IsPenalized">Whether penalties with a step of their own apply to it: see <see cref="IProximalPenalty"/>.</param>
internal readonly record struct FlatPart(long Start, long Length, double LearningRate, double Shrink, bool IsPenalized)
{
    /// <summary>The learning rate as a part of the step's own, which rules start from that prepare for a step.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>Steps that it has learned in, this one included; 0 for all of the rule's.</summary>
    public int Steps { get; init; }

    public Span<float> SpanOf(Tensor flat) => FlatParameters.SpanOf(flat).Slice((int)Start, (int)Length);

    public Tensor Of(Tensor flat) => flat.narrow(0, Start, Length);
}
