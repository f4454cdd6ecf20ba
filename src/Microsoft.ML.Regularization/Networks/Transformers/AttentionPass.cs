using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// What <see cref="AttentionLayer"/> does between its two linear layers: queries, keys and values of tokens, those of all heads side by side (tokens, 3 * width),
/// to the heads' means of the values (tokens, width). Sequences and heads do not change each other, so threads share them out.
/// </summary>
/// <remarks>
/// Shares are computed for some queries at a time, and again on the way back, so that they stay in the cache and memory does not grow with the square of the tokens
/// (Dao, Fu, Ermon, Rudra and Ré, "FlashAttention: fast and memory-efficient exact attention with IO-awareness", 2022).
/// </remarks>
internal sealed unsafe class AttentionPass : RowPass
{
    private const int MostQueries = 96;

    private readonly int _heads;
    private readonly float _scale;
    private readonly TokenRows _tokens;
    private readonly TokenRows _behind;
    private readonly ShareNoise? _noise;
    private readonly KeptWork _forward;
    private readonly KeptWork _backward;

    [ThreadStatic]
    private static AlignedFloats? t_shares;

    [ThreadStatic]
    private static AlignedFloats? t_noisy;

    [ThreadStatic]
    private static AlignedFloats? t_slopes;

    private bool _isTraining;
    private Matrix _input;
    private Matrix _output;
    private Matrix _inputGradient;

    /// <param name="width">Numbers of a token, a multiple of the heads.</param>
    /// <param name="heads">Heads.</param>
    /// <param name="tokens">The tokens.</param>
    /// <param name="noise">Of the shares; null for none.</param>
    /// <param name="kept">The tokens that are left behind it, the first of each sequence; null where all are.</param>
    public AttentionPass(int width, int heads, TokenRows tokens, MultiplicativeNoiseLayer? noise, TokenRows? kept)
        : base(3 * width, width)
    {
        (_heads, _tokens, _behind, _scale) = (heads, tokens, kept ?? tokens, (float)(1 / Math.Sqrt((double)width / heads)));
        _noise = noise is null ? null : new ShareNoise(noise, heads, tokens);
        (_forward, _backward) = (new KeptWork(range: 1, Forward), new KeptWork(range: 1, Backward));
    }

    public override bool Learns => false;

    private int Size => Outputs / _heads;

    public override int BeginForward(Matrix input) => _behind.Rows;

    public override void Forward(Matrix input, Matrix output, bool isTraining)
    {
        (_input, _output, _isTraining) = (input, output, isTraining);
        _forward.RunAll(_tokens.Sequences * _heads);
    }

    public override void Backward(Matrix gradient, Matrix? inputGradient)
    {
        if (inputGradient is not { } before)
            return;
        (_output, _inputGradient) = (gradient, before);
        _backward.RunAll(_tokens.Sequences * _heads);
    }

    private void Forward(int part, int count)
    {
        using var alone = ThreadTeam.UseAlone();
        var (sequence, head) = (part / _heads, part % _heads);
        var (query, key, value) = PartsOf(_input, sequence, head);
        var output = HeadOf(_output, _behind, sequence, head);
        for (int first = 0, queries; first < query.Rows; first += queries)
        {
            queries = QueriesAt(first, query.Rows);
            var shares = SharesOf(query.Block(first, 0, queries, Size), key);
            if (_noise is not null && _isTraining)
                _noise.Multiply(shares, sequence, head, first);
            MatrixProduct.Compute(shares, value, Matrix.Zeros(queries, Size), output.Block(first, 0, queries, Size));
        }
    }

    private void Backward(int part, int count)
    {
        using var alone = ThreadTeam.UseAlone();
        var (sequence, head) = (part / _heads, part % _heads);
        var (query, key, value) = PartsOf(_input, sequence, head);
        var (queryGradient, keyGradient, valueGradient) = PartsOf(_inputGradient, sequence, head);
        var gradient = HeadOf(_output, _behind, sequence, head);
        for (int first = 0, queries; first < query.Rows; first += queries)
        {
            queries = QueriesAt(first, query.Rows);
            var (own, given) = (query.Block(first, 0, queries, Size), gradient.Block(first, 0, queries, Size));
            var shares = SharesOf(own, key);
            var slopes = KeptRows.In(ref t_slopes, queries, key.Rows);
            MatrixProduct.Compute(given, value.Transposed, Matrix.Zeros(queries, key.Rows), slopes);
            var used = _noise is null ? shares : WithNoise(_noise, shares, slopes, sequence, head, first);
            Add(used.Transposed, given, first, valueGradient);
            AttentionShares.Reverse(shares, slopes, _scale);
            Add(slopes.Transposed, own, first, keyGradient);
            MatrixProduct.Compute(slopes, key, Matrix.Zeros(queries, Size), queryGradient.Block(first, 0, queries, Size));
        }

        // Tokens that are not left have no query.
        for (var row = query.Rows; row < key.Rows; row++)
            new Span<float>(queryGradient.At(row, 0), Size).Clear();
    }

    // Parts of about the same size.
    private static int QueriesAt(int first, int all)
    {
        var parts = (all - first + MostQueries - 1) / MostQueries;
        return (all - first + parts - 1) / parts;
    }

    private static void Add(Matrix left, Matrix right, int first, Matrix sum) =>
        MatrixProduct.Compute(left, right, first == 0 ? Matrix.Zeros(sum.Rows, sum.Columns) : sum, sum);

    private Matrix SharesOf(Matrix query, Matrix key)
    {
        var shares = KeptRows.In(ref t_shares, query.Rows, key.Rows);
        MatrixProduct.Compute(query, key.Transposed, Matrix.Zeros(shares.Rows, shares.Columns), shares);
        AttentionShares.Of(shares, _scale);
        return shares;
    }

    // The slopes have the noise of the shares.
    private static Matrix WithNoise(ShareNoise noise, Matrix shares, Matrix slopes, int sequence, int head, int first)
    {
        var noisy = KeptRows.In(ref t_noisy, shares.Rows, shares.Columns);
        shares.CopyTo(noisy);
        noise.Multiply(noisy, sequence, head, first);
        noise.Multiply(slopes, sequence, head, first);
        return noisy;
    }

    private (Matrix Query, Matrix Key, Matrix Value) PartsOf(Matrix rows, int sequence, int head)
    {
        var all = HeadOf(rows, _tokens, sequence, head);
        return (all with { Rows = _behind.LengthOf(sequence) }, all with { Elements = (nint)all.At(0, Outputs) }, all with { Elements = (nint)all.At(0, 2 * Outputs) });
    }

    private Matrix HeadOf(Matrix rows, TokenRows tokens, int sequence, int head) =>
        rows.Block(tokens.StartOf(sequence), head * Size, tokens.LengthOf(sequence), Size);
}
