namespace Microsoft.ML.Regularization.Inputs;

/// <summary>Reads the inputs of a cursor's current row, as a row of floats: see <see cref="InputLayout"/>.</summary>
internal abstract class InputReader
{
    /// <summary>Why rows are left out of training, to follow "whose features"; null where none are.</summary>
    public virtual string? WhyUnusable => null;

    /// <summary>Whether the row that was read last lacks numbers, which are NaN then.</summary>
    public virtual bool HasGaps => false;

    /// <summary>Rows so far of which a part was cut off.</summary>
    public virtual long CutRows => 0;

    /// <summary>Reads the row; false where training leaves it out, or where it is invalid for the given reason. The row is written all the same.</summary>
    /// <param name="row">Receives <see cref="InputLayout.Width"/> floats.</param>
    /// <param name="fault">The reason why the row is invalid; null if it is valid.</param>
    public abstract bool TryRead(Span<float> row, out string? fault);

    /// <summary>The same, of the numbers that are not 0.</summary>
    /// <param name="row">Receives them by ascending slots.</param>
    /// <param name="fault">The reason why the row is invalid; null if it is valid.</param>
    public abstract bool TryRead(List<SlotValue> row, out string? fault);
}
