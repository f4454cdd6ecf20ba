using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The units of an <see cref="LstmArchitecture"/>.</summary>
internal sealed unsafe class LstmUnits : RecurrentUnits
{
    private const int Gates = 4;

    private readonly PackedMatrix _weight;
    private readonly float[] _bias;

    /// <param name="inputs">Numbers of a step.</param>
    /// <param name="units">How many units there are.</param>
    /// <param name="tensors">Of four gates: write, keep, candidate, read.</param>
    public LstmUnits(int inputs, int units, RecurrentTensors tensors)
        : base(inputs, units)
    {
        _weight = Pack(0, Gates, tensors.RecurrentWeight, tensors.InputWeight);
        _bias = Pad(tensors.Bias, 0, Gates);
    }

    protected override int Sums => Gates * Padded;

    public override void Step(StepMemory memory, int rows)
    {
        var (states, sums) = (memory.States with { Rows = rows }, memory.Sums with { Rows = rows });
        Multiply(states, _weight, _bias, sums);
        Open(states, sums, memory.Cells);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Open(Matrix states, Matrix sums, Matrix cells)
    {
        var one = Vector512<float>.One;
        for (var row = 0; row < sums.Rows; row++)
        {
            var write = sums.At(row, 0);
            var (state, cell) = ((nint)states.At(row, 0), (nint)cells.At(row, 0));
            for (var unit = 0; unit < Padded; unit += Lane, write += Lane)
            {
                // sigmoid(x) is 1 / (1 + e^-x), and tanh(x) is (1 - e^-2x) / (1 + e^-2x): factors share a division.
                var keep = one + GateFunctions.Power(-Vector512.Load(write + Padded));
                var candidate = GateFunctions.Power(Vector512.Load(write + 2 * Padded) * -2f);
                var written = (one - candidate) / ((one + GateFunctions.Power(-Vector512.Load(write))) * (one + candidate));
                var content = Vector512.Load((float*)cell + unit) / keep + written;
                content.Store((float*)cell + unit);
                var read = GateFunctions.Power(content * -2f);
                ((one - read) / ((one + GateFunctions.Power(-Vector512.Load(write + 3 * Padded))) * (one + read))).Store((float*)state + unit);
            }
        }
    }
}
