using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Where the numbers of sequences' steps come from.</summary>
/// <param name="order">The sequences' order.</param>
/// <param name="inputs">Numbers of a row as a pass takes it.</param>
/// <param name="width">Numbers of a step.</param>
internal abstract class StepSource(SequenceOrder order, int inputs, int width)
{
    private readonly KeptRows _rows = new(width);

    public int Inputs => inputs;

    public int Width => width;

    /// <summary>Sequences that are computed before the next ones: see <see cref="RowPass.RowsAtOnce"/>.</summary>
    public abstract int SequencesAtOnce { get; }

    /// <inheritdoc cref="RowPass.JoinsRows"/>
    public virtual bool JoinsRows => false;

    /// <inheritdoc cref="RowPass.Learns"/>
    public virtual bool Learns => false;

    /// <summary>(all steps, width), once they are written.</summary>
    public Matrix Steps { get; private set; }

    protected SequenceOrder Order => order;

    /// <summary>Finds the sequences' order, before the parts of a forward pass.</summary>
    /// <param name="input">(batch, inputs); it must stay as it is until the steps are written.</param>
    /// <param name="isTraining">Whether a backward pass is to come.</param>
    public void Begin(Matrix input, bool isTraining)
    {
        Take(input, isTraining);
        Steps = _rows.Of(order.Total);
    }

    /// <summary>Writes the steps of some sequences.</summary>
    /// <param name="first">The first one's place in the order.</param>
    /// <param name="count">How many.</param>
    public void Write(int first, int count)
    {
        for (var place = first; place < first + count; place++)
        {
            for (var step = 0; step < order.LengthAt(place); step++)
                Write(place, step, Steps.RowSpan(order.RowOf(place, step)));
        }
    }

    /// <summary>Adds to the gradients of what is learned.</summary>
    /// <param name="gradient">By the steps.</param>
    public virtual void AddGradients(Matrix gradient)
    {
    }

    protected abstract void Take(Matrix input, bool isTraining);

    protected abstract void Write(int place, int step, Span<float> numbers);
}
