namespace Microsoft.ML.Regularization.Networks;

/// <summary>The steps of sequences.</summary>
/// <param name="rows">One sequence after the other: the numbers of its steps, or its tokens.</param>
/// <param name="rowStride">From a sequence to the next.</param>
/// <param name="width">Numbers of a step.</param>
/// <param name="vectors">The vectors of all tokens; empty where sequences have the numbers themselves.</param>
internal readonly ref struct StepRows(ReadOnlySpan<float> rows, int rowStride, int width, ReadOnlySpan<float> vectors = default)
{
    private readonly ReadOnlySpan<float> _rows = rows;
    private readonly ReadOnlySpan<float> _vectors = vectors;

    public ReadOnlySpan<float> At(int row, int step)
    {
        var own = _rows.Slice(row * rowStride, rowStride);
        return _vectors.IsEmpty ? own.Slice(step * width, width) : _vectors.Slice((int)own[step] * width, width);
    }
}
