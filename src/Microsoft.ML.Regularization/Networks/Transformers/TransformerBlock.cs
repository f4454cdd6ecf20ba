using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// A block of a <see cref="TransformerNetwork"/>: tokens (batch, tokens, width) plus attention of their normalization, and the sum plus a perceptron of one
/// hidden layer of its normalization; or, in <see cref="TransformerForm.Bert"/>, the normalizations of the two sums. Each of the two branches is skipped by itself.
/// </summary>
internal sealed class TransformerBlock : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly bool _isBert;
    private readonly LayerNormLayer _attentionNormalization;
    private readonly AttentionLayer _attention;
    private readonly LayerNormLayer _perceptronNormalization;
    private readonly HiddenLayer _hidden;
    private readonly nn.Module<Tensor, Tensor> _linear;
    private readonly nn.Module<Tensor, Tensor>? _noise;
    private readonly SurvivalGate? _attentionGate;
    private readonly SurvivalGate? _perceptronGate;

    public TransformerBlock(TransformerArchitecture architecture, int block, NetworkBuilder builder)
        : base(nameof(TransformerBlock))
    {
        var (width, branches) = (architecture.Width, 2 * architecture.Depth);
        var gain = 1 / Math.Sqrt(branches);
        _isBert = architecture.IsBert;
        _attentionNormalization = new LayerNormLayer(width, architecture.NormalizationEpsilon);
        _attention = new AttentionLayer(width, architecture.Heads, gain, builder, hasNoisyShares: _isBert);
        _perceptronNormalization = new LayerNormLayer(width, architecture.NormalizationEpsilon);
        _hidden = new HiddenLayer(width, architecture.HiddenWidth, Activation.GELU, Normalization.None, builder, isNoisy: !_isBert);
        _linear = builder.Dense(architecture.HiddenWidth, width, gain);
        _noise = builder.Noise();
        _attentionGate = builder.Gate(2 * block, branches);
        _perceptronGate = builder.Gate(2 * block + 1, branches);
        register_module("attention_norm", _attentionNormalization);
        register_module("attention", _attention);
        register_module("mlp_norm", _perceptronNormalization);
        register_module("hidden", _hidden);
        register_module("linear", _linear);
        if (_noise is not null)
            register_module("noise", _noise);
    }

    /// <param name="input">(batch, tokens, width).</param>
    /// <param name="present">See <see cref="AttentionLayer.forward"/>.</param>
    public override Tensor forward(Tensor input, Tensor? present)
    {
        if (_isBert)
        {
            var sum = _attentionNormalization.forward(Add(_attentionGate, input, tokens => _attention.forward(tokens, present)));
            return _perceptronNormalization.forward(Add(_perceptronGate, sum, Perceptron));
        }

        var attended = Add(_attentionGate, input, tokens => _attention.forward(_attentionNormalization.forward(tokens), present));
        return Add(_perceptronGate, attended, tokens => Perceptron(_perceptronNormalization.forward(tokens)));
    }

    /// <summary>The same in managed code; null where libtorch alone computes it.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="kept">Receives the tokens that are left behind it, the first of each sequence; null where all are.</param>
    public IEnumerable<RowPass?> CreatePasses(TokenRows tokens, TokenRows? kept)
    {
        var behind = kept ?? tokens;
        var last = UnitNoise.Draws(_noise, out var noise) ? (_linear as DenseLayer)?.CreatePass(activation: null, noise, behind) : null;
        RowPass?[] attention = [.. _attention.CreatePasses(tokens, kept)];
        RowPass?[] perceptron = [.. _hidden.CreatePasses(behind), last];
        if (attention.Contains(null) || perceptron.Contains(null))
            return [null];
        var (first, second) = (_attentionNormalization.CreatePass(), _perceptronNormalization.CreatePass());
        if (!_isBert)
            (attention, perceptron) = ([first, .. attention], [second, .. perceptron]);
        ResidualPass attended = new(first.Inputs, SequenceOf(attention), _attentionGate, tokens, kept);
        ResidualPass changed = new(first.Inputs, SequenceOf(perceptron), _perceptronGate, behind);
        return _isBert ? [attended, first, changed, second] : [attended, changed];
    }

    private static PassSequence SequenceOf(RowPass?[] branch) => new([.. branch.OfType<RowPass>()]);

    private Tensor Add(SurvivalGate? gate, Tensor input, Func<Tensor, Tensor> branch) =>
        gate is null ? input.Plus(branch(input)) : gate.Add(input, branch, training);

    private Tensor Perceptron(Tensor input)
    {
        var change = _linear.forward(_hidden.forward(input));
        return _noise is null ? change : _noise.forward(change);
    }
}
