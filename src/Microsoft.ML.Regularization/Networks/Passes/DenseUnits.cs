using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>What the sums of a linear layer become: the layer's own factor and biases, and what stands behind it, element by element.</summary>
/// <param name="units">How many there are.</param>
internal abstract class DenseUnits(int units) : IProductEpilogue
{
    // Enough columns for a cache line of each row.
    protected const int Lane = 16;
    private const int LanesOfPart = 2;

    private KeptWork? _reversal;
    private Matrix _gradient;

    public int Units => units;

    /// <summary>Whether anything is learned in it.</summary>
    public virtual bool Learns => true;

    /// <summary>Called before the parts of a forward pass.</summary>
    /// <param name="firstRow">Which of the batch's rows is the first.</param>
    /// <param name="rows">Rows that are computed.</param>
    /// <param name="isTraining">Whether there is noise, and a backward pass to come.</param>
    public abstract void Begin(int firstRow, int rows, bool isTraining);

    public abstract void Apply(Matrix rows, int row, int column);

    /// <summary>Turns the gradient by the units into that by the sums, in place, and adds to the gradients of what is learned.</summary>
    /// <param name="gradient">(batch, units).</param>
    public void Reverse(Matrix gradient)
    {
        // The sums over rows are added in the order of the rows: columns are shared out.
        _gradient = gradient;
        _reversal ??= new KeptWork(LanesOfPart, Reverse);
        BeginReversal();
        _reversal.RunAll((units + Lane - 1) / Lane);
    }

    /// <summary>Called before the parts of a backward pass.</summary>
    protected abstract void BeginReversal();

    /// <summary>The backward pass of a vector's columns.</summary>
    /// <param name="gradient">(batch, units), all of it.</param>
    /// <param name="column">The first of the columns.</param>
    /// <param name="count">How many of them there are.</param>
    protected abstract void Reverse(Matrix gradient, int column, int count);

    private void Reverse(int firstLane, int lanes)
    {
        for (var lane = firstLane; lane < firstLane + lanes; lane++)
            Reverse(_gradient, lane * Lane, Math.Min(Lane, units - lane * Lane));
    }
}
