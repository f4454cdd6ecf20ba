using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// Texts, whose tokens have vectors: see <see cref="TokenTable"/>. Where a step asks for it, the vectors of a text are mixed with those of another one, and it becomes
/// as long as the longer of both.
/// </summary>
/// <param name="order">The sequences' order.</param>
/// <param name="maxLength">Tokens of a row.</param>
/// <param name="table">The vectors.</param>
/// <param name="find">The mixing of the step; null where nothing is ever mixed.</param>
internal sealed unsafe class TokenSource(SequenceOrder order, int maxLength, TableMemory table, Func<HiddenMixing?>? find) : StepSource(order, maxLength, table.Width)
{
    // Of texts as long as they may be; most are much shorter.
    private const int MostSteps = 1 << 16;

    // By rows of steps.
    private int[] _tokens = [];
    private int[] _partners = [];
    private float _share;
    private bool _isMixed;
    private float* _vectors;

    public override int SequencesAtOnce => Math.Max(1, MostSteps / Inputs);

    public override bool JoinsRows => find is not null;

    public override bool Learns => true;

    public override void AddGradients(Matrix gradient)
    {
        var sums = table.BeginBackward();
        for (var row = 0; row < gradient.Rows; row++)
        {
            AddTo(_tokens[row], _share, gradient.RowSpan(row));
            if (_isMixed)
                AddTo(_partners[row], 1 - _share, gradient.RowSpan(row));
        }

        void AddTo(int token, float share, ReadOnlySpan<float> own)
        {
            if (token == TextInput.Padding)
                return;
            var sum = new Span<float>(sums.At(token), Width);
            TensorPrimitives.MultiplyAdd(own, share, sum, sum);
        }
    }

    protected override void Take(Matrix input, bool isTraining)
    {
        var mixing = isTraining && find?.Invoke() is { State: 0 } step ? step : null;
        var partners = mixing is null ? default : MemoryMarshal.Cast<byte, long>(mixing.Partners.bytes);
        (_isMixed, _share) = (mixing is not null, (float)(mixing?.Lambda ?? 1));
        var lengths = Order.Begin(input.Rows);
        for (var row = 0; row < input.Rows; row++)
        {
            lengths[row] = SequenceOrder.LengthOf(input.RowSpan(row));
            if (_isMixed)
                lengths[row] = Math.Max(lengths[row], SequenceOrder.LengthOf(input.RowSpan((int)partners[row])));
        }

        Order.Sort();
        Grow(ref _tokens);
        if (_isMixed)
            Grow(ref _partners);
        for (var place = 0; place < Order.Count; place++)
        {
            var row = Order.SequenceAt(place);
            Read(input.RowSpan(row), place, _tokens);
            if (_isMixed)
                Read(input.RowSpan((int)partners[row]), place, _partners);
        }

        // A partner's tokens are those of its own row, too.
        _vectors = table.BeginForward(_tokens.AsSpan(0, Order.Total), isTraining);
    }

    protected override void Write(int place, int step, Span<float> numbers)
    {
        var row = Order.RowOf(place, step);
        numbers.Clear();
        AddVector(_tokens[row], _share, numbers);
        if (_isMixed)
            AddVector(_partners[row], 1 - _share, numbers);
    }

    private void AddVector(int token, float share, Span<float> sum)
    {
        if (token != TextInput.Padding)
            TensorPrimitives.MultiplyAdd(new ReadOnlySpan<float>(_vectors + (nint)token * Width, Width), share, sum, sum);
    }

    private void Read(ReadOnlySpan<float> text, int place, int[] tokens)
    {
        for (var step = 0; step < Order.LengthAt(place); step++)
        {
            var token = (int)text[step];
            tokens[Order.RowOf(place, step)] = token >= 0 && token < table.Count
                ? token
                : throw new InvalidOperationException($"A table of {table.Count} tokens has none of number {token}.");
        }
    }

    private void Grow(ref int[] tokens)
    {
        if (tokens.Length < Order.Total)
            tokens = new int[Order.Total];
    }
}
