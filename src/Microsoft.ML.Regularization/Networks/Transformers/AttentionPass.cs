using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// What <see cref="AttentionLayer"/> does between its two linear layers: queries, keys and values of tokens, those of all heads side by side (tokens, 3 * width),
/// to the heads' means of the values (tokens, width). Sequences and heads do not change each other, so threads share them out.
/// </summary>
internal sealed unsafe class AttentionPass : RowPass
{
    private readonly int _heads;
    private readonly float _scale;
    private readonly TokenRows _tokens;
    private readonly ShareNoise? _noise;
    private readonly KeptWork _forward;
    private readonly KeptWork _backward;

    [ThreadStatic]
    private static AlignedFloats? t_gradient;

    [ThreadStatic]
    private static AlignedFloats? t_noisy;

    // The shares of each head of each sequence.
    private AlignedFloats? _memory;
    private int[] _starts = [];
    private bool _isTraining;
    private Matrix _input;
    private Matrix _output;
    private Matrix _gradient;
    private Matrix _inputGradient;

    /// <param name="width">Numbers of a token, a multiple of the heads.</param>
    /// <param name="heads">Heads.</param>
    /// <param name="tokens">The tokens.</param>
    /// <param name="noise">Of the shares; null for none.</param>
    public AttentionPass(int width, int heads, TokenRows tokens, MultiplicativeNoiseLayer? noise)
        : base(3 * width, width)
    {
        (_heads, _tokens, _scale) = (heads, tokens, (float)(1 / Math.Sqrt((double)width / heads)));
        _noise = noise is null ? null : new ShareNoise(noise, heads, tokens);
        (_forward, _backward) = (new KeptWork(range: 1, Forward), new KeptWork(range: 1, Backward));
    }

    public override bool Learns => false;

    private int Size => Outputs / _heads;

    public override void Forward(Matrix input, Matrix output, bool isTraining)
    {
        (_input, _output, _isTraining) = (input, output, isTraining);
        if (_starts.Length <= _tokens.Sequences)
            _starts = new int[_tokens.Sequences + 1];
        for (var sequence = 0; sequence < _tokens.Sequences; sequence++)
            _starts[sequence + 1] = checked(_starts[sequence] + _heads * KeptRows.SizeOf(_tokens.LengthOf(sequence), _tokens.LengthOf(sequence)));
        AlignedFloats.Ensure(ref _memory, _starts[_tokens.Sequences]);
        _forward.RunAll(_tokens.Sequences * _heads);
    }

    public override void Backward(Matrix gradient, Matrix? inputGradient)
    {
        if (inputGradient is not { } before)
            return;
        (_gradient, _inputGradient) = (gradient, before);
        _backward.RunAll(_tokens.Sequences * _heads);
    }

    private void Forward(int part, int count)
    {
        using var alone = ThreadTeam.UseAlone();
        var (sequence, head) = (part / _heads, part % _heads);
        var (query, key, value) = PartsOf(_input, sequence, head);
        var shares = SharesOf(sequence, head);
        MatrixProduct.Compute(query, key.Transposed, Matrix.Zeros(shares.Rows, shares.Columns), shares);
        AttentionShares.Of(shares, _scale);
        if (_noise is not null && _isTraining)
            shares = WithNoise(_noise, shares, sequence, head);
        var output = HeadOf(_output, sequence, head);
        MatrixProduct.Compute(shares, value, Matrix.Zeros(output.Rows, output.Columns), output);
    }

    private void Backward(int part, int count)
    {
        using var alone = ThreadTeam.UseAlone();
        var (sequence, head) = (part / _heads, part % _heads);
        var (query, key, value) = PartsOf(_input, sequence, head);
        var (queryGradient, keyGradient, valueGradient) = PartsOf(_inputGradient, sequence, head);
        var (given, shares) = (HeadOf(_gradient, sequence, head), SharesOf(sequence, head));
        var (zeros, slopes) = (Matrix.Zeros(query.Rows, Size), KeptRows.In(ref t_gradient, shares.Rows, shares.Columns));
        MatrixProduct.Compute(given, value.Transposed, Matrix.Zeros(shares.Rows, shares.Columns), slopes);
        var used = shares;
        if (_noise is not null)
        {
            used = WithNoise(_noise, shares, sequence, head);
            _noise.Multiply(slopes, sequence, head);
        }

        MatrixProduct.Compute(used.Transposed, given, zeros, valueGradient);
        AttentionShares.Reverse(shares, slopes, _scale);
        MatrixProduct.Compute(slopes, key, zeros, queryGradient);
        MatrixProduct.Compute(slopes.Transposed, query, zeros, keyGradient);
    }

    private static Matrix WithNoise(ShareNoise noise, Matrix shares, int sequence, int head)
    {
        var noisy = KeptRows.In(ref t_noisy, shares.Rows, shares.Columns);
        shares.CopyTo(noisy);
        noise.Multiply(noisy, sequence, head);
        return noisy;
    }

    private (Matrix Query, Matrix Key, Matrix Value) PartsOf(Matrix rows, int sequence, int head)
    {
        var own = HeadOf(rows, sequence, head);
        return (own, own with { Elements = (nint)own.At(0, Outputs) }, own with { Elements = (nint)own.At(0, 2 * Outputs) });
    }

    private Matrix HeadOf(Matrix rows, int sequence, int head) => rows.Block(_tokens.StartOf(sequence), head * Size, _tokens.LengthOf(sequence), Size);

    private Matrix SharesOf(int sequence, int head)
    {
        var length = _tokens.LengthOf(sequence);
        return KeptRows.At(_memory!.Pointer + _starts[sequence] + head * KeptRows.SizeOf(length, length), length, length);
    }
}
