using System.Numerics.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>A trained <see cref="TransformerBlock"/> in managed code.</summary>
internal sealed class ScoredBlock
{
    private readonly bool _isBert;
    private readonly NormalizationFunction _attentionNormalization;
    private readonly ScoringLayer _projection;
    private readonly ScoringLayer _together;
    private readonly float _attentionFactor;
    private readonly NormalizationFunction _perceptronNormalization;
    private readonly ScoringLayer _hidden;
    private readonly ScoringLayer _linear;
    private readonly float _perceptronFactor;

    /// <param name="context">For errors.</param>
    /// <param name="shape">The network's shape.</param>
    /// <param name="recipe">The settings that it was trained with.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="block">Which block.</param>
    public ScoredBlock(IExceptionContext context, TransformerShape shape, RegularizationRecipe recipe, NetworkWeights weights, int block)
    {
        var (name, width, depth) = ($"blocks.{block}", shape.Width, recipe.StochasticDepth);
        _isBert = shape.IsBert;
        _attentionNormalization = Normalization(".attention_norm");
        _projection = Linear(".attention.qkv", width, 3 * width);
        _together = Linear(".attention.output", width, width);
        _perceptronNormalization = Normalization(".mlp_norm");
        var perceptron = new LayerList().Linear(name + ".hidden.linear", 2 * block, width, shape.HiddenWidth).Activate(Activation.GELU)
            .Linear(name + ".linear", 2 * block + 1, shape.HiddenWidth, width).Layers;
        var layers = new ScoringLayerReader(context, weights, recipe.Dropout).ReadAll(perceptron).ToList();
        (_hidden, _linear) = (layers[0], layers[1]);
        (_attentionFactor, _perceptronFactor) = (Factor(2 * block), Factor(2 * block + 1));

        NormalizationFunction Normalization(string layer) => NormalizationFunction.Read(
            context, weights, new NormalizationDescription(name + layer, Regularization.Normalization.Layer, width) { Epsilon = shape.Epsilon });

        ScoringLayer Linear(string layer, int inputs, int outputs) => new(context, weights, new LinearDescription(name + layer, 0, inputs, outputs));

        float Factor(int branch) => depth?.ScoringFactor(depth.SurvivalOf(branch, 2 * shape.Depth)) ?? 1;
    }

    /// <summary>The linear layers.</summary>
    public IEnumerable<ScoringLayer> Layers => [_projection, _together, _hidden, _linear];

    /// <summary>Tokens through the block.</summary>
    /// <param name="memory">Has their states, and receives them.</param>
    /// <param name="keepsFirst">Whether the first token of each sequence alone is left.</param>
    public void Apply(TokenStates memory, bool keepsFirst)
    {
        var states = memory.States;
        var change = memory.Change;
        if (!_isBert)
            _attentionNormalization.ApplyToRows(states, change);
        _projection.Apply(_isBert ? states : change, memory.Rows, memory.Wide(_projection.Outputs), noise: null);
        memory.Attend(keepsFirst);
        var left = memory.States;
        var mean = memory.Change;
        change = memory.Wide(_together.Outputs);
        _together.Apply(mean, memory.Rows, change, noise: null);
        TensorPrimitives.MultiplyAdd(change, _attentionFactor, left, left);
        if (_isBert)
            _attentionNormalization.ApplyToRows(left, left);
        else
            _perceptronNormalization.ApplyToRows(left, mean);
        var hidden = memory.Wide(_hidden.Outputs);
        _hidden.Apply(_isBert ? left : mean, memory.Rows, hidden, noise: null);
        _linear.Apply(hidden, memory.Rows, mean, noise: null);
        TensorPrimitives.MultiplyAdd(mean, _perceptronFactor, left, left);
        if (_isBert)
            _perceptronNormalization.ApplyToRows(left, left);
    }
}
