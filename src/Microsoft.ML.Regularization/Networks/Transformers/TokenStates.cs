using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Memory for the states of tokens on their way through a <see cref="TransformerScorer"/>; one thread uses it at a time.</summary>
internal sealed unsafe class TokenStates
{
    private readonly int _width;
    private readonly AttentionPass _attention;
    private readonly AttentionPass _lastAttention;
    private readonly TokenPoolingPass _mean;
    private readonly TokenRows _first;
    private AlignedFloats? _states;
    private AlignedFloats? _change;
    private AlignedFloats? _wide;

    /// <param name="shape">The network's shape.</param>
    /// <param name="places">Places of a sequence, a class token's included.</param>
    public TokenStates(TransformerShape shape, int places)
    {
        _width = shape.Width;
        (Tokens, _first) = (new TokenRows(places, shape.HasClassToken), new TokenRows(places, shape.HasClassToken));
        _attention = new AttentionPass(_width, shape.Heads, Tokens, noise: null, kept: null);
        _lastAttention = new AttentionPass(_width, shape.Heads, Tokens, noise: null, _first);
        _mean = new TokenPoolingPass(_width, isUnit: shape.Pooling == TokenPooling.UnitMean, Tokens);
    }

    /// <summary>The tokens.</summary>
    public TokenRows Tokens { get; }

    /// <summary>Tokens that are left.</summary>
    public int Rows { get; private set; }

    /// <summary>Their states (tokens, width).</summary>
    public Span<float> States => _states!.Span[..(Rows * _width)];

    /// <summary>As many numbers that change them.</summary>
    public Span<float> Change => _change!.Span[..(Rows * _width)];

    /// <summary>Takes memory for all tokens.</summary>
    public void Begin()
    {
        Rows = Tokens.Rows;
        AlignedFloats.Ensure(ref _states, Rows * _width);
        AlignedFloats.Ensure(ref _change, Rows * _width);
    }

    /// <summary>Memory for rows that are wider (tokens, columns).</summary>
    public Span<float> Wide(int columns) => Wide(Rows, columns);

    /// <summary>Memory for any rows.</summary>
    public Span<float> Wide(int rows, int columns) => AlignedFloats.Ensure(ref _wide, checked(rows * columns)).Span[..(rows * columns)];

    /// <summary>Puts what the heads make of queries, keys and values, which are in the wide memory, into <see cref="Change"/>.</summary>
    /// <param name="keepsFirst">Whether the first token of each sequence alone is left.</param>
    public void Attend(bool keepsFirst)
    {
        var input = new Matrix(_wide!.Pointer, Rows, 3 * _width);
        if (keepsFirst)
            KeepFirst();
        (keepsFirst ? _lastAttention : _attention).Forward(input, MatrixOf(_change!), isTraining: false);
    }

    /// <summary>The mean of each sequence (sequences, width).</summary>
    public Span<float> Mean()
    {
        _mean.Forward(MatrixOf(_states!), new Matrix(_change!.Pointer, Tokens.Sequences, _width), isTraining: false);
        return _change!.Span[..(Tokens.Sequences * _width)];
    }

    private void KeepFirst()
    {
        for (var sequence = 0; sequence < Tokens.Sequences; sequence++)
            States.Slice(Tokens.StartOf(sequence) * _width, _width).CopyTo(States[(sequence * _width)..]);
        _first.TakeFirst(Tokens);
        Rows = Tokens.Sequences;
    }

    private Matrix MatrixOf(AlignedFloats memory) => new(memory.Pointer, Rows, _width);
}
