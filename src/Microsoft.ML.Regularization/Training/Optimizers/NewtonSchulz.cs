using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// The orthogonal matrix next to a matrix, roughly: singular values near 1 after five iterations of the odd polynomial that Jordan et al. tuned for speed, which
/// does not settle at 1 (2024).
/// </summary>
internal sealed unsafe class NewtonSchulz
{
    private const float Linear = 3.4445f;
    private const float Cubic = -4.775f;
    private const float Quintic = 2.0315f;

    // Keeps a matrix of zeros what it is.
    private const float Smallest = 1e-7f;

    private AlignedFloats? _current;
    private AlignedFloats? _next;
    private AlignedFloats? _square;
    private AlignedFloats? _factor;

    /// <param name="matrix">(rows, columns), row by row; becomes orthogonal.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="iterations">How many.</param>
    public void Apply(Span<float> matrix, int columns, int iterations)
    {
        var rows = matrix.Length / columns;
        var (few, many) = (Math.Min(rows, columns), Math.Max(rows, columns));
        var (current, next) = (Ensure(ref _current, matrix.Length), Ensure(ref _next, matrix.Length));
        var (square, factor) = (Ensure(ref _square, few * few), Ensure(ref _factor, few * few));
        TensorPrimitives.Divide(matrix, TensorPrimitives.Norm<float>(matrix) + Smallest, next.Span[..matrix.Length]);
        if (rows > columns)
            MatrixTransposition.Transpose(next.Pointer, columns, rows, columns, current.Pointer, rows);
        else
            next.Span[..matrix.Length].CopyTo(current.Span);

        var (a, b) = (new Matrix(square.Pointer, few, few), new Matrix(factor.Pointer, few, few));
        for (var i = 0; i < iterations; i++)
        {
            // X = 3.4445 X + (-4.775 A + 2.0315 A A) X with A = X X^T.
            var (x, y) = (new Matrix(current.Pointer, few, many), new Matrix(next.Pointer, few, many));
            MatrixProduct.Compute(x, x.Transposed, Matrix.Zeros(few, few), a);
            MatrixProduct.Compute(a, a, Matrix.Zeros(few, few), b);
            var squares = square.Span[..(few * few)];
            var factors = factor.Span[..(few * few)];
            TensorPrimitives.Multiply(factors, Quintic, factors);
            TensorPrimitives.MultiplyAdd(squares, Cubic, factors, factors);
            TensorPrimitives.Multiply(current.Span[..matrix.Length], Linear, next.Span[..matrix.Length]);
            MatrixProduct.Compute(b, x, y, y);
            (current, next) = (next, current);
        }

        if (rows > columns)
            MatrixTransposition.Transpose(current.Pointer, rows, columns, rows, next.Pointer, columns);
        (rows > columns ? next : current).Span[..matrix.Length].CopyTo(matrix);
    }

    /// <summary>The same by torch calls.</summary>
    public static Tensor Of(Tensor matrix, int iterations)
    {
        var isTall = matrix.shape[0] > matrix.shape[1];
        var x = matrix / matrix.norm().Plus(Smallest);
        x = isTall ? x.t() : x;
        for (var i = 0; i < iterations; i++)
        {
            var a = x.matmul(x.t());
            x = x.Times(Linear).Plus(a.Times(Cubic).Plus(a.matmul(a).Times(Quintic)).matmul(x));
        }

        return isTall ? x.t() : x;
    }

    private static AlignedFloats Ensure(ref AlignedFloats? memory, int length)
    {
        AlignedFloats.Ensure(ref memory, length);
        return memory!;
    }
}
