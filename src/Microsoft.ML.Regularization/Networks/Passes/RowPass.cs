using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// What a layer's torch module computes, and its gradients, in managed code: in few passes over memory, all of which is kept from step to step. Rows are those
/// of <see cref="KeptRows"/>, except for the input of the first layer.
/// </summary>
/// <param name="inputs">Numbers of a row.</param>
/// <param name="outputs">Numbers of what it becomes.</param>
internal abstract class RowPass(int inputs, int outputs)
{
    public int Inputs => inputs;

    public int Outputs => outputs;

    /// <summary>Rows that each row becomes, where that is one number for all.</summary>
    public virtual int RowsOfRow => 1;

    /// <summary>Rows behind it that should be computed before the next ones: so many are still in the cache, or in memory, when they come back as a gradient.</summary>
    public virtual int RowsAtOnce => 1024;

    /// <summary>Which of the batch's rows behind it is the first of those that it computes, as some of a batch are computed before the others.</summary>
    public int FirstRow { get; set; }

    /// <summary>Whether rows of a batch change each other while training, so that all of them must come at once.</summary>
    public virtual bool JoinsRows => false;

    /// <summary>Whether anything is learned in it.</summary>
    public virtual bool Learns => true;

    /// <summary>How many of the first rows should go before the others; most passes take what there is.</summary>
    /// <param name="input">(rows that are left, numbers of a row) of the batch, as the first pass gets them.</param>
    /// <param name="most">As many at most.</param>
    public virtual int RowsToTake(Matrix input, int most) => most;

    /// <summary>Called before <see cref="Forward"/>: the rows that the input becomes.</summary>
    public virtual int BeginForward(Matrix input) => input.Rows * RowsOfRow;

    /// <summary>Computes rows; the input must stay as it is until the backward pass.</summary>
    /// <param name="input">(batch, inputs).</param>
    /// <param name="output">Receives (batch, outputs).</param>
    /// <param name="isTraining">Whether there is noise, and a backward pass to come.</param>
    public abstract void Forward(Matrix input, Matrix output, bool isTraining);

    /// <summary>Adds to the gradients of what is learned.</summary>
    /// <param name="gradient">By the outputs (batch, outputs); it is overwritten.</param>
    /// <param name="inputGradient">Receives the gradient by the inputs; null where nothing before learns.</param>
    public abstract void Backward(Matrix gradient, Matrix? inputGradient);
}
