using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The pass of a table with a vector for each value of a category.</summary>
/// <param name="values">Values that are known; the table has a vector more, for missing ones.</param>
/// <param name="size">Numbers of a vector.</param>
internal abstract unsafe class KeyTablePass(int values, int size)
{
    private int[] _keys = [];
    private int _rows;

    public int Size => size;

    /// <param name="keys">(batch, 1), whole numbers.</param>
    /// <param name="output">Receives (batch, size).</param>
    /// <param name="isTraining">Whether a backward pass is to come.</param>
    public void Forward(Matrix keys, Matrix output, bool isTraining)
    {
        _rows = keys.Rows;
        if (_keys.Length < _rows)
            _keys = new int[_rows];
        for (var row = 0; row < _rows; row++)
        {
            var key = (int)*keys.At(row, 0);
            _keys[row] = key >= 0 && key <= values ? key : throw new InvalidOperationException($"A table of {values} values has none for the key {key}.");
        }

        var vectors = BeginForward(_keys.AsSpan(0, _rows), isTraining);
        for (var row = 0; row < _rows; row++)
            new ReadOnlySpan<float>(vectors + (nint)_keys[row] * size, size).CopyTo(new Span<float>(output.At(row, 0), size));
    }

    /// <param name="gradient">By the vectors (batch, size).</param>
    public void Backward(Matrix gradient) => Backward(_keys.AsSpan(0, _rows), gradient);

    /// <summary>Where the vectors are that these keys ask for.</summary>
    protected abstract float* BeginForward(ReadOnlySpan<int> keys, bool isTraining);

    protected abstract void Backward(ReadOnlySpan<int> keys, Matrix gradient);
}
