using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The pass of an <see cref="InputScalingLayer"/>; what follows the numbers of a row stays as it is.</summary>
internal sealed unsafe class InputScalingPass : InputPass
{
    private const int Lane = 16;
    private const int RowsOfPart = 64;

    private readonly bool _clips;
    private readonly int _numbers;
    private readonly AlignedFloats _center;
    private readonly AlignedFloats _factor;
    private readonly KeptWork _work;
    private Matrix _input;
    private Matrix _output;

    /// <param name="width">Numbers of a row, and what follows them.</param>
    /// <param name="center">Of the numbers.</param>
    /// <param name="factor">Of the numbers.</param>
    /// <param name="clips">See <see cref="InputScaler.Clips"/>.</param>
    public InputScalingPass(int width, ReadOnlySpan<float> center, ReadOnlySpan<float> factor, bool clips)
        : base(width, width)
    {
        (_clips, _numbers) = (clips, center.Length);
        (_center, _factor) = (new AlignedFloats(_numbers + Lane), new AlignedFloats(_numbers + Lane));
        center.CopyTo(_center.Span);
        factor.CopyTo(_factor.Span);
        _work = new KeptWork(RowsOfPart, Scale);
    }

    public override bool Learns => false;

    public override void Forward(Matrix input, Matrix output, bool isTraining)
    {
        (_input, _output) = (input, output);
        _work.RunAll(input.Rows);
    }

    protected override void Backward(Matrix gradient)
    {
        // Nothing is learned.
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scale(int firstRow, int rows)
    {
        var (largest, least, bound) = (Vector512.Create(InputScaler.Largest), Vector512.Create(-InputScaler.Largest), Vector512.Create(InputScaler.Bound));
        for (var row = firstRow; row < firstRow + rows; row++)
        {
            var source = _input.At(row, 0);
            var result = _output.At(row, 0);
            for (var column = 0; column < _numbers; column += Lane)
            {
                var number = VectorPart.Load(source + column, Inputs - column);
                number = (number - Vector512.Load(_center.Pointer + column)) * Vector512.Load(_factor.Pointer + column);
                number = Vector512.MinNative(largest, Vector512.MaxNative(least, number));
                if (_clips)
                {
                    var share = number / bound;
                    number /= Vector512.Sqrt(share * share + Vector512<float>.One);
                }

                number.Store(result + column);
            }

            new ReadOnlySpan<float>(source + _numbers, Inputs - _numbers).CopyTo(new Span<float>(result + _numbers, Inputs - _numbers));
        }
    }
}
