using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The activation of a layer's units in managed code: <c>f(x)</c>, or <c>x + a (f(x) - x)</c> with an a for each unit.</summary>
/// <param name="function">f.</param>
/// <param name="mixing">a; null for f alone.</param>
internal sealed class UnitActivation(Activation function, float[]? mixing = null)
{
    private const int Chunk = 256;

    public Activation Function => function;

    /// <param name="row">One value for each unit, in place.</param>
    public void Apply(Span<float> row)
    {
        if (mixing is null)
        {
            ActivationFunction.Apply(function, row);
            return;
        }

        Span<float> activated = stackalloc float[Chunk];
        for (var start = 0; start < row.Length; start += Chunk)
        {
            var values = row.Slice(start, Math.Min(Chunk, row.Length - start));
            var change = activated[..values.Length];
            values.CopyTo(change);
            ActivationFunction.Apply(function, change);
            TensorPrimitives.Subtract(change, values, change);
            TensorPrimitives.MultiplyAdd(change, mixing.AsSpan(start, values.Length), values, values);
        }
    }
}
