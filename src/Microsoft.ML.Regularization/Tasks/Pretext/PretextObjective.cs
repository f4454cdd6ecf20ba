namespace Microsoft.ML.Regularization.Tasks;

/// <summary>The loss of a pretext task, which is that of a batch: rows are asked for, and compared, together.</summary>
internal abstract class PretextObjective : Objective
{
    public sealed override double OfRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target) =>
        throw new NotSupportedException("A pretext task's loss is that of a batch.");
}
