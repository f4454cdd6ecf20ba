using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The gates of <see cref="LstmArchitecture"/>: write, keep, candidate, read.</summary>
/// <param name="units">Whole vectors of them.</param>
internal sealed unsafe class LstmGates(int units) : StepGates
{
    private const int Lane = 16;

    public override IReadOnlyList<GateBlock> Blocks { get; } = [new(0, 0), new(1, 1), new(2, 2), new(3, 3)];

    private static Vector512<float> One => Vector512<float>.One;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Open(float* gates, float* before, float* cell, float* state)
    {
        for (var unit = 0; unit < units; unit += Lane)
        {
            var own = gates + unit;
            var (write, keep) = (GateFunctions.Sigmoid(Vector512.Load(own)), GateFunctions.Sigmoid(Vector512.Load(own + units)));
            var (candidate, read) = (GateFunctions.Tanh(Vector512.Load(own + 2 * units)), GateFunctions.Sigmoid(Vector512.Load(own + 3 * units)));
            var content = Vector512.FusedMultiplyAdd(keep, Vector512.Load(before + unit), write * candidate);
            write.Store(own);
            keep.Store(own + units);
            candidate.Store(own + 2 * units);
            read.Store(own + 3 * units);
            content.Store(cell + unit);
            (read * GateFunctions.Tanh(content)).Store(state + unit);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Reverse(float* gates, float* before, float* cell, float* state, float* memory)
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
}
