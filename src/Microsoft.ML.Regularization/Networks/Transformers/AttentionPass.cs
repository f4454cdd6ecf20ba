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
    private readonly TokenRows? _kept;
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
    /// <param name="kept">The tokens that are left behind it, the first of each sequence; null where all are.</param>
    public AttentionPass(int width, int heads, TokenRows tokens, MultiplicativeNoiseLayer? noise, TokenRows? kept)
        : base(3 * width, width)
    {
        (_heads, _tokens, _kept, _scale) = (heads, tokens, kept, (float)(1 / Math.Sqrt((double)width / heads)));
        _noise = noise is null ? null : new ShareNoise(noise, heads, tokens);
        (_forward, _backward) = (new KeptWork(range: 1, Forward), new KeptWork(range: 1, Backward));
    }

    public override bool Learns => false;

    private int Size => Outputs / _heads;

    private TokenRows Behind => _kept ?? _tokens;

    public override int BeginForward(Matrix input) => Behind.Rows;

    public override void Forward(Matrix input, Matrix output, bool isTraining)
    {
        (_input, _output, _isTraining) = (input, output, isTraining);
        if (_starts.Length <= _tokens.Sequences)
            _starts = new int[_tokens.Sequences + 1];
        for (var sequence = 0; sequence < _tokens.Sequences; sequence++)
            _starts[sequence + 1] = checked(_starts[sequence] + _heads * SharesOf(sequence));
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
        var output = HeadOf(_output, Behind, sequence, head);
        MatrixProduct.Compute(shares, value, Matrix.Zeros(output.Rows, output.Columns), output);
    }

    private void Backward(int part, int count)
    {
        using var alone = ThreadTeam.UseAlone();
        var (sequence, head) = (part / _heads, part % _heads);
        var (query, key, value) = PartsOf(_input, sequence, head);
        var (queryGradient, keyGradient, valueGradient) = PartsOf(_inputGradient, sequence, head);
        var (given, shares) = (HeadOf(_gradient, Behind, sequence, head), SharesOf(sequence, head));
        var (zeros, slopes) = (Matrix.Zeros(key.Rows, Size), KeptRows.In(ref t_gradient, shares.Rows, shares.Columns));
        MatrixProduct.Compute(given, value.Transposed, Matrix.Zeros(shares.Rows, shares.Columns), slopes);
        var used = shares;
        if (_noise is not null)
        {
            used = WithNoise(_noise, shares, sequence, head);
            _noise.Multiply(slopes, sequence, head);
        }

        MatrixProduct.Compute(used.Transposed, given, zeros, valueGradient);
        AttentionShares.Reverse(shares, slopes, _scale);
        MatrixProduct.Compute(slopes.Transposed, query, zeros, keyGradient);
        for (var row = queryGradient.Rows; row < key.Rows; row++)
            new Span<float>(queryGradient.At(row, 0), Size).Clear();
        MatrixProduct.Compute(slopes, key, zeros with { Rows = query.Rows }, queryGradient);
    }

    private static Matrix WithNoise(ShareNoise noise, Matrix shares, int sequence, int head)
    {
        var noisy = KeptRows.In(ref t_noisy, shares.Rows, shares.Columns);
        shares.CopyTo(noisy);
        noise.Multiply(noisy, sequence, head);
        return noisy;
    }

    // Those of tokens that are not left have no query.
    private (Matrix Query, Matrix Key, Matrix Value) PartsOf(Matrix rows, int sequence, int head)
    {
        var all = HeadOf(rows, _tokens, sequence, head);
        return (all with { Rows = Behind.LengthOf(sequence) }, all with { Elements = (nint)all.At(0, Outputs) }, all with { Elements = (nint)all.At(0, 2 * Outputs) });
    }

    private Matrix HeadOf(Matrix rows, TokenRows tokens, int sequence, int head) =>
        rows.Block(tokens.StartOf(sequence), head * Size, tokens.LengthOf(sequence), Size);

    private int SharesOf(int sequence) => KeptRows.SizeOf(Behind.LengthOf(sequence), _tokens.LengthOf(sequence));

    private Matrix SharesOf(int sequence, int head) =>
        KeptRows.At(_memory!.Pointer + _starts[sequence] + head * SharesOf(sequence), Behind.LengthOf(sequence), _tokens.LengthOf(sequence));
}
