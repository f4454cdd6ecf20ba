using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The softmax of attention, row by row, in place; rows are those of <see cref="KeptRows"/>.</summary>
internal static unsafe class AttentionShares
{
    private const int Lane = 16;

    /// <summary><c>softmax(scale * logits)</c>; behind a row's end there are numbers that do not matter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Of(Matrix logits, float scale)
    {
        var columns = logits.Columns;
        var whole = (columns + Lane - 1) / Lane * Lane;
        for (var row = 0; row < logits.Rows; row++)
        {
            var place = logits.At(row, 0);
            for (var column = columns; column < whole; column++)
                place[column] = float.NegativeInfinity;
            var most = Vector512.Create(float.NegativeInfinity);
            for (var column = 0; column < columns; column += Lane)
                most = Vector512.Max(most, Vector512.Load(place + column));

            // So far below the largest that they count as nothing are those behind the end, too.
            var (shift, factor, sums) = (Vector512.Create(Largest(most)), Vector512.Create(scale), Vector512<float>.Zero);
            for (var column = 0; column < columns; column += Lane)
            {
                var power = VectorFunctions.Exp((Vector512.Load(place + column) - shift) * factor);
                sums += power;
                power.Store(place + column);
            }

            var share = Vector512.Create(1 / Vector512.Sum(sums));
            for (var column = 0; column < columns; column += Lane)
                (Vector512.Load(place + column) * share).Store(place + column);
        }
    }

    /// <summary>The gradient by the logits from that by the shares.</summary>
    /// <param name="shares">What <see cref="Of"/> gave.</param>
    /// <param name="gradient">By the shares; receives that by the logits.</param>
    /// <param name="scale">That of the logits.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Reverse(Matrix shares, Matrix gradient, float scale)
    {
        var columns = shares.Columns;
        for (var row = 0; row < shares.Rows; row++)
        {
            var share = shares.At(row, 0);
            var given = gradient.At(row, 0);
            var sums = Vector512<float>.Zero;
            for (var column = 0; column < columns; column += Lane)
                sums += VectorPart.Load(share + column, columns - column) * VectorPart.Load(given + column, columns - column);
            var (mean, factor) = (Vector512.Create(Vector512.Sum(sums)), Vector512.Create(scale));
            for (var column = 0; column < columns; column += Lane)
                (Vector512.Load(share + column) * (Vector512.Load(given + column) - mean) * factor).Store(given + column);
        }
    }

    private static float Largest(Vector512<float> values)
    {
        var half = Vector256.Max(values.GetLower(), values.GetUpper());
        var quarter = Vector128.Max(half.GetLower(), half.GetUpper());
        return Math.Max(Math.Max(quarter[0], quarter[1]), Math.Max(quarter[2], quarter[3]));
    }
}
