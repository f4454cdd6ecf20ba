using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>What LSTM units make of the sums of a step, of one row, and the way back.</summary>
/// <param name="units">Whole vectors of them.</param>
internal readonly unsafe struct LstmGates(int units)
{
    private const int Lane = 16;

    private static Vector512<float> One => Vector512<float>.One;

    /// <summary>Opens the gates: write, keep, candidate, read.</summary>
    /// <param name="gates">Their sums, which become the gates.</param>
    /// <param name="before">The cells before the step.</param>
    /// <param name="cell">Receives those after it.</param>
    /// <param name="state">Receives the states.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Open(float* gates, float* before, float* cell, float* state)
    {
        for (var unit = 0; unit < units; unit += Lane)
        {
            var own = gates + unit;
            var (write, keep) = (Sigmoid(Vector512.Load(own)), Sigmoid(Vector512.Load(own + units)));
            var (candidate, read) = (GateFunctions.Tanh(Vector512.Load(own + 2 * units)), Sigmoid(Vector512.Load(own + 3 * units)));
            var content = Vector512.FusedMultiplyAdd(keep, Vector512.Load(before + unit), write * candidate);
            write.Store(own);
            keep.Store(own + units);
            candidate.Store(own + 2 * units);
            read.Store(own + 3 * units);
            content.Store(cell + unit);
            (read * GateFunctions.Tanh(content)).Store(state + unit);
        }
    }

    /// <summary>The gradient by the sums, and by the cells before the step.</summary>
    /// <param name="gates">What <see cref="Open"/> made of the sums; receives the gradient by them.</param>
    /// <param name="before">The cells before the step.</param>
    /// <param name="cell">The cells after it.</param>
    /// <param name="state">The gradient by the states.</param>
    /// <param name="memory">The gradient by the cells, from later steps; becomes that by the cells before the step.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Reverse(float* gates, float* before, float* cell, float* state, float* memory)
    {
        for (var unit = 0; unit < units; unit += Lane)
        {
            var own = gates + unit;
            var (write, keep) = (Vector512.Load(own), Vector512.Load(own + units));
            var (candidate, read) = (Vector512.Load(own + 2 * units), Vector512.Load(own + 3 * units));
            var (given, tanh) = (Vector512.Load(state + unit), GateFunctions.Tanh(Vector512.Load(cell + unit)));
            var content = Vector512.FusedMultiplyAdd(given * read, One - tanh * tanh, Vector512.Load(memory + unit));
            (content * candidate * write * (One - write)).Store(own);
            (content * Vector512.Load(before + unit) * keep * (One - keep)).Store(own + units);
            (content * write * (One - candidate * candidate)).Store(own + 2 * units);
            (given * tanh * read * (One - read)).Store(own + 3 * units);
            (content * keep).Store(memory + unit);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Sigmoid(Vector512<float> x) => One / (One + VectorFunctions.Exp(-x));
}
