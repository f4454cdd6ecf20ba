using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// The module of a <see cref="TransformerArchitecture"/>. Parameters: <c>embedding.weight</c> or <c>embedding.linear.weight</c>, <c>class_token.token</c>,
/// <c>positions.table</c>, <c>blocks.i.attention.qkv.weight</c>, <c>blocks.i.linear.weight</c> and so on, <c>norm.weight</c> (in <see cref="TransformerForm.Bert"/> instead <c>embedding_norm.weight</c>), <c>output.weight</c>.
/// </summary>
internal sealed class TransformerNetwork : Network
{
    /// <summary>The usual one of vectors to learn (Radford et al., "Language models are unsupervised multitask learners", 2019).</summary>
    public const double EmbeddingDeviation = 0.02;

    private readonly TokenEmbedding _embedding;
    private readonly ClassTokenLayer? _classToken;
    private readonly PositionLayer _positions;
    private readonly nn.Module<Tensor, Tensor>? _noise;
    private readonly List<TransformerBlock> _blocks = [];
    private readonly bool _isBert;
    private readonly TokenPooling _pooling;
    private readonly LayerNormLayer _normalization;
    private readonly nn.Module<Tensor, Tensor> _output;

    /// <param name="architecture">Its layers.</param>
    /// <param name="embedding">The first of them.</param>
    /// <param name="tokens">Tokens that it gives at most.</param>
    /// <param name="outputs">Outputs.</param>
    /// <param name="builder">Makes the layers.</param>
    public TransformerNetwork(TransformerArchitecture architecture, TokenEmbedding embedding, int tokens, int outputs, NetworkBuilder builder)
        : base(nameof(TransformerNetwork), builder)
    {
        var width = architecture.Width;
        (_embedding, _isBert, _pooling) = (embedding, architecture.IsBert, architecture.Pooling);
        if (architecture.Pooling == TokenPooling.ClassToken)
            _classToken = new ClassTokenLayer(builder.Weights.Normal(EmbeddingDeviation, 1, width));
        _positions = new PositionLayer(builder.Weights.Normal(EmbeddingDeviation, tokens + (_classToken is null ? 0 : 1), width));
        _noise = builder.Noise();
        for (var block = 0; block < architecture.Depth; block++)
            _blocks.Add(new TransformerBlock(architecture, block, builder));
        _normalization = new LayerNormLayer(width, architecture.NormalizationEpsilon);
        _output = builder.Dense(width, outputs, gain: 1, isOutput: true);
        register_module("embedding", _embedding);
        if (_classToken is not null)
            register_module("class_token", _classToken);
        register_module("positions", _positions);
        if (_noise is not null)
            register_module("noise", _noise);
        register_module("blocks", new ModuleList<TransformerBlock>([.. _blocks]));
        register_module(_isBert ? "embedding_norm" : "norm", _normalization);
        register_module("output", _output);
    }

    protected override Tensor Compute(Tensor input)
    {
        var (tokens, present) = Encode(input);
        return _output.forward(MixAt(_blocks.Count + 1, Pool(tokens, present)));
    }

    // Sequences that are mixed have tokens of both. Where the first token alone is asked for, the last block computes no other.
    protected override IEnumerable<RowPass?> CreatePasses()
    {
        if (FindMixing is not null || !UnitNoise.Draws(_noise, out var noise))
            return [];
        var tokens = new TokenRows(_positions.Places, _classToken is not null);
        var kept = _pooling is TokenPooling.ClassToken or TokenPooling.FirstToken ? new TokenRows(_positions.Places, _classToken is not null) : null;
        var normalization = _normalization.CreatePass();
        var width = normalization.Inputs;
        RowPass[] noisy = noise is null ? [] : [ActivatedUnits.Pass(activation: null, width, noise, tokens)];
        RowPass[] pooled = kept is null ? [new TokenPoolingPass(width, isUnit: _pooling == TokenPooling.UnitMean, tokens)] : [];
        var blocks = _blocks.SelectMany((block, i) => block.CreatePasses(tokens, i == _blocks.Count - 1 ? kept : null));
        RowPass?[] first = [.. _embedding.CreatePasses(tokens), new PlacesPass(width, _positions.Memory, _classToken?.Memory, tokens)];
        var output = (_output as DenseLayer)?.CreatePass();
        return _isBert ? [.. first, normalization, .. noisy, .. blocks, .. pooled, output] : [.. first, .. noisy, .. blocks, normalization, .. pooled, output];
    }

    // The layer in front of the outputs gives a vector to look for among those of the tokens.
    protected override Tensor ComputeTokens(Tensor input, Tensor places)
    {
        var table = (_embedding as TextEmbedding ?? throw new NotSupportedException("Patches are no tokens.")).Vectors;
        var (tokens, _) = Encode(input);
        if (_classToken is not null)
            tokens = tokens.narrow(1, 1, tokens.shape[1] - 1);
        var asked = tokens[TensorIndex.Tensor(places.select(0, 0)), TensorIndex.Tensor(places.select(0, 1))];
        return _output.forward(asked).matmul(table.t());
    }

    // The states of tokens behind the last block, and which of them are there.
    private (Tensor Tokens, Tensor? Present) Encode(Tensor input)
    {
        var (tokens, present) = _embedding.forward(input);
        Mix(0, ref tokens, ref present);
        if (_classToken is not null)
        {
            tokens = _classToken.forward(tokens);

            // The class token is never masked.
            present = present is null ? null : cat([present.narrow(1, 0, 1), present], 1);
        }

        tokens = _positions.forward(tokens);
        if (_isBert)
            tokens = _normalization.forward(tokens);
        if (_noise is not null)
            tokens = _noise.forward(tokens);
        for (var block = 0; block < _blocks.Count; block++)
        {
            tokens = _blocks[block].forward(tokens, present);
            Mix(block + 1, ref tokens, ref present);
        }

        return (_isBert ? tokens : _normalization.forward(tokens), present);
    }

    // Behind its end a text has zeros to mix with, and a mixture is as long as the longer text.
    private void Mix(int state, ref Tensor tokens, ref Tensor? present)
    {
        if (present is null || Mixing is not { } mixing || mixing.State != state)
        {
            tokens = MixAt(state, tokens);
            return;
        }

        tokens = mixing.Mix(tokens * present.unsqueeze(-1));
        present = present.logical_or(present.index_select(0, mixing.Partners));
    }

    private Tensor Pool(Tensor tokens, Tensor? present)
    {
        if (_pooling is TokenPooling.ClassToken or TokenPooling.FirstToken)
            return tokens.select(1, 0);
        var mean = Mean(tokens, present);
        return _pooling == TokenPooling.UnitMean ? mean / mean.Squared().sum(1, keepdim: true).AtLeast(TokenPoolingPass.LeastSquare).sqrt() : mean;
    }

    private static Tensor Mean(Tensor tokens, Tensor? present)
    {
        if (present is null)
            return tokens.mean([1]);

        var counted = present.to(tokens.dtype).unsqueeze(-1);
        return (tokens * counted).sum([1]) / counted.sum([1]);
    }
}
