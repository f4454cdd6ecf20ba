using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The units of a <see cref="GruArchitecture"/>.</summary>
internal sealed unsafe class GruUnits : RecurrentUnits
{
    private const int Gates = 2;

    private readonly PackedMatrix _gateWeight;
    private readonly PackedMatrix _inputWeight;
    private readonly PackedMatrix _recurrentWeight;
    private readonly float[] _gateBias;
    private readonly float[] _inputBias;
    private readonly float[] _recurrentBias;

    /// <param name="inputs">Numbers of a step.</param>
    /// <param name="units">How many units there are.</param>
    /// <param name="tensors">Of two gates, reset and keep, and the candidate.</param>
    public GruUnits(int inputs, int units, RecurrentTensors tensors)
        : base(inputs, units)
    {
        _gateWeight = Pack(0, Gates, tensors.RecurrentWeight, tensors.InputWeight);
        _inputWeight = Pack(Gates, 1, recurrentWeight: null, tensors.InputWeight);
        _recurrentWeight = Pack(Gates, 1, tensors.RecurrentWeight, inputWeight: null);
        _gateBias = Pad(tensors.Bias, 0, Gates);
        (_inputBias, _recurrentBias) = (Pad(tensors.InputBias, Gates, 1), Pad(tensors.RecurrentBias, Gates, 1));
    }

    protected override int Sums => (Gates + 2) * Padded;

    public override void Step(StepMemory memory, int rows)
    {
        var (states, sums) = (memory.States with { Rows = rows }, memory.Sums);
        var (own, given) = (states.Block(0, 0, rows, Padded), states.Block(0, Padded, rows, states.Columns - Padded));
        Multiply(states, _gateWeight, _gateBias, sums.Block(0, 0, rows, Gates * Padded));
        Multiply(given, _inputWeight, _inputBias, sums.Block(0, Gates * Padded, rows, Padded));
        Multiply(own, _recurrentWeight, _recurrentBias, sums.Block(0, (Gates + 1) * Padded, rows, Padded));
        Open(own, sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Open(Matrix states, Matrix sums)
    {
        var one = Vector512<float>.One;
        for (var row = 0; row < states.Rows; row++)
        {
            var reset = sums.At(row, 0);
            var state = states.At(row, 0);
            for (var unit = 0; unit < Padded; unit += Lane, reset += Lane, state += Lane)
            {
                var opened = one / (one + GateFunctions.Power(-Vector512.Load(reset)));
                var keep = one / (one + GateFunctions.Power(-Vector512.Load(reset + Padded)));
                var sum = Vector512.FusedMultiplyAdd(opened, Vector512.Load(reset + 3 * Padded), Vector512.Load(reset + 2 * Padded));
                var candidate = GateFunctions.Tanh(sum);
                Vector512.FusedMultiplyAdd(keep, Vector512.Load(state) - candidate, candidate).Store(state);
            }
        }
    }
}
