using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>A <see cref="PretextTask"/> on rows of one input: makes of each batch a question and its answer.</summary>
internal abstract class Pretext : IDisposable
{
    /// <summary>Outputs of the network's last layer.</summary>
    public abstract int Outputs { get; }

    /// <summary>The loss of the answers.</summary>
    public abstract Objective Objective { get; }

    /// <summary>The batch that the network computes, and what it should answer. Depends on the rows, the step and the key alone.</summary>
    /// <param name="rows">As they were gathered, with missing numbers filled in.</param>
    /// <param name="step">The training step.</param>
    public abstract TrainingBatch Pose(TrainingBatch rows, ulong step);

    public virtual void Dispose()
    {
    }
}
