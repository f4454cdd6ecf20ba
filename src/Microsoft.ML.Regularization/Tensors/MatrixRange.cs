namespace Microsoft.ML.Regularization.Tensors;

/// <summary>Where a matrix lies in the flat tensor: rows of <see cref="Columns"/> incoming weights, one for each unit.</summary>
/// <param name="Name">The parameter's name in the network, such as <c>hidden.0.linear.weight</c>.</param>
/// <param name="Start">Its first element.</param>
/// <param name="Length">Its elements.</param>
/// <param name="Columns">Elements of a row.</param>
/// <param name="IsBySlot">Whether memory holds it column by column: see <see cref="SlotMatrix"/>.</param>
internal readonly record struct MatrixRange(string Name, long Start, long Length, long Columns, bool IsBySlot = false)
{
    /// <summary>What its layer multiplies it by: see <see cref="WeightScale"/>.</summary>
    public double Scale { get; init; } = 1;

    public Span<float> In(Span<float> flat) => flat.Slice((int)Start, (int)Length);

    /// <summary>The matrix as a view (units, columns) of the flat tensor.</summary>
    public Tensor In(Tensor flat)
    {
        var elements = flat.narrow(0, Start, Length);
        return IsBySlot ? elements.view(Columns, -1).t() : elements.view(-1, Columns);
    }
}
