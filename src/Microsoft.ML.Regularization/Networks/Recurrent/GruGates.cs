using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The gates of <see cref="GruArchitecture"/>: reset, keep, and the candidate, whose sums of inputs and of states stand apart, since reset multiplies the latter. Their cells are the states.</summary>
/// <param name="units">Whole vectors of them.</param>
internal sealed unsafe class GruGates(int units) : StepGates
{
    private const int Lane = 16;

    public override IReadOnlyList<GateBlock> Blocks { get; } = [new(0, 0), new(1, 1), new(2, null), new(null, 2)];

    private static Vector512<float> One => Vector512<float>.One;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Open(float* gates, float* before, float* cell, float* state)
    {
        for (var unit = 0; unit < units; unit += Lane)
        {
            var own = gates + unit;
            var (reset, keep) = (GateFunctions.Sigmoid(Vector512.Load(own)), GateFunctions.Sigmoid(Vector512.Load(own + units)));
            var candidate = GateFunctions.Tanh(Vector512.FusedMultiplyAdd(reset, Vector512.Load(own + 3 * units), Vector512.Load(own + 2 * units)));
            var content = Vector512.FusedMultiplyAdd(keep, Vector512.Load(before + unit) - candidate, candidate);
            reset.Store(own);
            keep.Store(own + units);
            candidate.Store(own + 2 * units);
            content.Store(cell + unit);
            content.Store(state + unit);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Reverse(float* gates, float* before, float* cell, float* state, float* memory)
    {
        for (var unit = 0; unit < units; unit += Lane)
        {
            var own = gates + unit;
            var (reset, keep) = (Vector512.Load(own), Vector512.Load(own + units));
            var (candidate, recurrent) = (Vector512.Load(own + 2 * units), Vector512.Load(own + 3 * units));
            var given = Vector512.Load(state + unit) + Vector512.Load(memory + unit);
            var sum = given * (One - keep) * (One - candidate * candidate);
            (sum * recurrent * reset * (One - reset)).Store(own);
            (given * (Vector512.Load(before + unit) - candidate) * keep * (One - keep)).Store(own + units);
            sum.Store(own + 2 * units);
            (sum * reset).Store(own + 3 * units);
            (given * keep).Store(memory + unit);
        }
    }
}
