using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// The pass of a <see cref="PeriodicEmbeddingLayer"/>: number by number, a vector of rows at a time. Waves are computed again on the way back, which takes less
/// than to write and read them.
/// </summary>
internal sealed unsafe class PeriodicEmbeddingPass : InputPass
{
    private const int Lane = 16;
    private const int Mixed = PeriodicEmbeddingLayer.Size - 1;
    private const int Waves = PeriodicEmbeddingLayer.Frequencies;
    private const float Rate = (float)PeriodicEmbeddingLayer.Rate;
    private const float Turn = (float)(2 * Math.PI * PeriodicEmbeddingLayer.Rate);

    private readonly int _numbers;
    private readonly ParameterMemory _frequency;
    private readonly ParameterMemory _phase;
    private readonly ParameterMemory _mixing;
    private readonly ParameterMemory _shift;
    private readonly KeptWork _forward;
    private readonly KeptWork _backward;

    // Number by number: their values, and what they become or its gradient.
    private AlignedFloats? _values;
    private AlignedFloats? _embedded;
    private int _rows;

    // Fetched before the numbers are shared out.
    private float* _frequencies;
    private float* _phases;
    private float* _mixings;
    private float* _shifts;
    private float* _frequencyGradients;
    private float* _phaseGradients;
    private float* _mixingGradients;
    private float* _shiftGradients;

    public PeriodicEmbeddingPass(int numbers, ParameterMemory frequency, ParameterMemory phase, ParameterMemory mixing, ParameterMemory shift)
        : base(numbers, numbers * PeriodicEmbeddingLayer.Size)
    {
        _numbers = numbers;
        (_frequency, _phase, _mixing, _shift) = (frequency, phase, mixing, shift);
        (_forward, _backward) = (new KeptWork(range: 1, Forward), new KeptWork(range: 1, Backward));
    }

    // A whole number of vectors.
    private int Column => (_rows + Lane - 1) / Lane * Lane;

    public override void Forward(Matrix input, Matrix output, bool isTraining)
    {
        _rows = input.Rows;
        _frequencies = _frequency.Values;
        _phases = _phase.Values;
        _mixings = _mixing.Values;
        _shifts = _shift.Values;
        var values = AlignedFloats.Ensure(ref _values, checked(_numbers * Column));
        var embedded = AlignedFloats.Ensure(ref _embedded, checked(Outputs * Column));
        MatrixTransposition.Transpose(input.At(0, 0), input.RowStride, _rows, _numbers, values.Pointer, Column);
        _forward.RunAll(_numbers);
        MatrixTransposition.Transpose(embedded.Pointer, Column, Outputs, _rows, output.At(0, 0), output.RowStride);
    }

    protected override void Backward(Matrix gradient)
    {
        var embedded = _embedded!;
        MatrixTransposition.Transpose(gradient.At(0, 0), gradient.RowStride, _rows, Outputs, embedded.Pointer, Column);

        // Rows that are not there have no gradient.
        for (var i = 0; Column > _rows && i < Outputs; i++)
            embedded.Span[(i * Column + _rows)..((i + 1) * Column)].Clear();
        _frequencyGradients = _frequency.Gradients;
        _phaseGradients = _phase.Gradients;
        _mixingGradients = _mixing.Gradients;
        _shiftGradients = _shift.Gradients;
        _backward.RunAll(_numbers);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(int number, int count)
    {
        var frequency = _frequencies + number * Waves;
        var phase = _phases + number * Waves;
        var mixing = _mixings + number * Waves * Mixed;
        var shift = _shifts + number * Mixed;
        var values = _values!.Pointer + (nint)number * Column;
        var embedded = _embedded!.Pointer + (nint)number * PeriodicEmbeddingLayer.Size * Column;
        for (var row = 0; row < Column; row += Lane)
        {
            var value = Vector512.Load(values + row);
            var (a, b, c) = (Vector512.Create(shift[0]), Vector512.Create(shift[1]), Vector512.Create(shift[2]));
            for (var wave = 0; wave < Waves; wave++)
            {
                var cosine = VectorFunctions.Cosine(Angle(value, frequency[wave], phase[wave]));
                a = Vector512.FusedMultiplyAdd(cosine, Vector512.Create(mixing[wave * Mixed]), a);
                b = Vector512.FusedMultiplyAdd(cosine, Vector512.Create(mixing[wave * Mixed + 1]), b);
                c = Vector512.FusedMultiplyAdd(cosine, Vector512.Create(mixing[wave * Mixed + 2]), c);
            }

            value.Store(embedded + row);
            (a * Rate).Store(embedded + Column + row);
            (b * Rate).Store(embedded + 2 * Column + row);
            (c * Rate).Store(embedded + 3 * Column + row);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward(int number, int count)
    {
        var frequency = _frequencies + number * Waves;
        var phase = _phases + number * Waves;
        var mixing = _mixings + number * Waves * Mixed;
        var values = _values!.Pointer + (nint)number * Column;
        var first = _embedded!.Pointer + ((nint)number * PeriodicEmbeddingLayer.Size + 1) * Column;
        var second = first + Column;
        var third = second + Column;
        for (var wave = 0; wave < Waves; wave++)
        {
            var (mixA, mixB, mixC) = (
                Vector512.Create(mixing[wave * Mixed]), Vector512.Create(mixing[wave * Mixed + 1]), Vector512.Create(mixing[wave * Mixed + 2]));
            var (sumA, sumB, sumC) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
            var (turns, shifts) = (Vector512<float>.Zero, Vector512<float>.Zero);
            for (var row = 0; row < Column; row += Lane)
            {
                var value = Vector512.Load(values + row);
                var (a, b, c) = (Vector512.Load(first + row), Vector512.Load(second + row), Vector512.Load(third + row));
                var (sine, cosine) = VectorFunctions.SineAndCosine(Angle(value, frequency[wave], phase[wave]));
                sumA = Vector512.FusedMultiplyAdd(a, cosine, sumA);
                sumB = Vector512.FusedMultiplyAdd(b, cosine, sumB);
                sumC = Vector512.FusedMultiplyAdd(c, cosine, sumC);
                var given = Vector512.FusedMultiplyAdd(a, mixA, Vector512.FusedMultiplyAdd(b, mixB, c * mixC)) * sine;
                shifts += given;
                turns = Vector512.FusedMultiplyAdd(given, value, turns);
            }

            // The cosine falls where the sine is positive.
            _frequencyGradients[number * Waves + wave] -= Vector512.Sum(turns) * Rate * Turn;
            _phaseGradients[number * Waves + wave] -= Vector512.Sum(shifts) * Rate * Rate;
            var mixed = _mixingGradients + (number * Waves + wave) * Mixed;
            mixed[0] += Vector512.Sum(sumA) * Rate;
            mixed[1] += Vector512.Sum(sumB) * Rate;
            mixed[2] += Vector512.Sum(sumC) * Rate;
        }

        var total = stackalloc Vector512<float>[Mixed];
        for (var row = 0; row < Column; row += Lane)
        {
            total[0] += Vector512.Load(first + row);
            total[1] += Vector512.Load(second + row);
            total[2] += Vector512.Load(third + row);
        }

        for (var i = 0; i < Mixed; i++)
            _shiftGradients[number * Mixed + i] += Vector512.Sum(total[i]) * Rate;
    }

    private static Vector512<float> Angle(Vector512<float> value, float frequency, float phase) =>
        Vector512.FusedMultiplyAdd(value, Vector512.Create(frequency * Turn), Vector512.Create(phase * Rate));
}
