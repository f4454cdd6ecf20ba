using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>A pass before which nothing learns.</summary>
/// <param name="inputs">Numbers of a row.</param>
/// <param name="outputs">Numbers of what it becomes.</param>
internal abstract class InputPass(int inputs, int outputs) : RowPass(inputs, outputs)
{
    public sealed override void Backward(Matrix gradient, Matrix? inputGradient)
    {
        if (inputGradient is not null)
            throw new NotSupportedException($"{GetType().Name} takes rows of a table, which have no gradient.");
        Backward(gradient);
    }

    /// <param name="gradient">By the outputs (batch, outputs).</param>
    protected abstract void Backward(Matrix gradient);
}
