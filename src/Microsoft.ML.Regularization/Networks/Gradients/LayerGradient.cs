using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>A trained layer, and the derivative of what it computes by its input, in managed code. Safe to use from many threads.</summary>
/// <param name="inputs">Numbers of a row.</param>
/// <param name="outputs">Numbers of what it becomes.</param>
internal abstract class LayerGradient(int inputs, int outputs)
{
    public int Inputs => inputs;

    public int Outputs => outputs;

    /// <summary>Rows behind it.</summary>
    /// <param name="rows">Rows before it.</param>
    public virtual int RowsBehind(int rows) => rows;

    /// <param name="input">(rows, inputs).</param>
    /// <param name="output">Receives (rows behind, outputs).</param>
    public abstract void Forward(Matrix input, Matrix output);

    /// <param name="input">That of the forward pass.</param>
    /// <param name="gradient">By the outputs; it may be overwritten.</param>
    /// <param name="inputGradient">Receives that by the inputs.</param>
    public abstract void Backward(Matrix input, Matrix gradient, Matrix inputGradient);
}
