using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The base of transformers: tokens plus learned position vectors; <see cref="Depth"/> encoder blocks, <c>x + attention(normalization(x))</c> and then
/// <c>x + linear(GELU(linear(normalization(x))))</c>; normalization, <see cref="Pooling"/>, and linear to the outputs. Layer normalization comes before the
/// branches, so that training needs no warm-up (Xiong, Yang, He, Zheng, Zheng, Xing, Zhang, Lan, Wang and Liu, "On layer normalization in the transformer
/// architecture", 2020).
/// Records outside of the library cannot derive from it.
/// </summary>
/// <remarks>
/// <para>Parameters of the blocks, for width w and MLP ratio 4: <c>12 w^2 + 13 w</c> each; in general, for h hidden units, <c>4 w^2 + 2 w h + 9 w + h</c>.
/// The position vectors and the class token are not decayed.</para>
/// <para>The recipe's noise is applied after the sum of tokens and positions, the attention, the hidden units and the last layer of the perceptron.
/// DropConnect and variational dropout apply to every linear layer, including those of queries, keys and values; moment matching of DropConnect applies only
/// to the perceptron's first layer, and the other layers score with their mean weights. Stochastic depth counts the branches of attention and perceptron one
/// by one, two for each block.</para>
/// <para>Manifold mixup numbers its layers as follows: 0 is the tokens before positions are added, k the output of block k, and Depth + 1 the pooled state.
/// Where the tokens of two texts are mixed, the shorter text has zeros after its end, and the mixture is as long as the longer one; the pooled state alone is
/// the sentence mixup of Guo, Mao and Zhang ("Augmenting data with mixup for sentence classification", 2019), state 0 their word mixup.</para>
/// <para>Weights start keyed by the seed: the vectors of tokens and positions and the class token normal with deviation 0.02, linear layers with variance
/// <c>1 / inputs</c>, twice that before GELU, and those that end a branch smaller by <c>1 / sqrt(2 Depth)</c>, as in GPT-2 (Radford, Wu, Child, Luan, Amodei
/// and Sutskever, 2019), so that the signal does not grow with depth.</para>
/// </remarks>
public abstract record TransformerArchitecture : NetworkArchitecture
{
    private protected TransformerArchitecture()
    {
    }

    /// <summary>Units of a token, a multiple of <see cref="Heads"/>, from 1 to 16384. Default: 128.</summary>
    public int Width { get; init; } = 128;

    /// <summary>Blocks, from 1 to 256.</summary>
    public int Depth { get; init; } = 2;

    /// <summary>Heads of attention, from 1 to <see cref="Width"/>. Default: 4.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Hidden units of a block's perceptron as a multiple of the width, rounded and at least one: from 1/16 to 16. Default: 4.</summary>
    public double MlpRatio { get; init; } = 4;

    /// <summary>How the last tokens are pooled for the outputs.</summary>
    public TokenPooling Pooling { get; init; } = TokenPooling.Mean;

    /// <summary>Is added to the variance by which tokens are normalized, from 1e-20 to 1: 1e-12 in BERT, 1e-6 in ViT and DeiT. Default: 1e-5.</summary>
    public double NormalizationEpsilon { get; init; } = LayerNormLayer.UsualEpsilon;

    /// <summary>Whether it has <see cref="TransformerForm.Bert"/>.</summary>
    internal virtual bool IsBert => false;

    internal TransformerShape Shape => new(Width, Depth, Heads, HiddenWidth, IsBert, Pooling, NormalizationEpsilon);

    internal int HiddenWidth => Math.Max(1, (int)Math.Round(Width * MlpRatio));

    internal override bool GainsByKeptMemory => true;

    internal override Activation? HiddenActivation => Activation.GELU;

    internal override Capabilities Offers =>
        Capabilities.NoisyLayers | Capabilities.MaskedWeights | Capabilities.LinearLayers | Capabilities.ResidualBlocks | Capabilities.MovableInputs
        | Capabilities.MixableStates;

    internal override bool NeedsTwoRowsPerBatch => false;

    internal override bool ScoresInManagedCode => true;

    internal override bool DrawsInManagedCode => false;

    internal override INetworkScorer CreateScorer(TrainedParts parts)
    {
        var layers = Describe(parts.Input, parts.Outputs)!;
        return parts.BehindInput(layers, new TransformerScorer(Shape, parts, layers));
    }

    /// <summary>The tokens, the output of each block, and what is pooled.</summary>
    internal override int MixableStates => Depth + 2;

    internal override void Validate(IExceptionContext context)
    {
        context.CheckBetween(Width, nameof(Width), 1, 16384);
        context.CheckBetween(Depth, nameof(Depth), 1, 256);
        context.CheckBetween(Heads, nameof(Heads), 1, Width);
        if (Width % Heads != 0)
            throw context.ExceptUserArg(nameof(Heads), $"Heads must divide Width, but Heads is {Heads} and Width is {Width}.");
        context.CheckBetween(MlpRatio, nameof(MlpRatio), 1.0 / 16, 16);
        context.CheckDefined(Pooling, nameof(Pooling));
        context.CheckBetween(NormalizationEpsilon, nameof(NormalizationEpsilon), 1e-20, 1);
    }

    /// <summary>Lists the tensors behind the tokens.</summary>
    private protected void ListBehindTokens(TensorList tensors, long places, int outputs)
    {
        if (Pooling == TokenPooling.ClassToken)
            tensors.Add("class_token.token", 1, Width);
        tensors.Add("positions.table", places + (Pooling == TokenPooling.ClassToken ? 1 : 0), Width);
        for (var block = 0; block < Depth; block++)
        {
            var name = $"blocks.{block}";
            tensors.Normalize(name + ".attention_norm", Normalization.Layer, Width);
            tensors.Dense(name + ".attention.qkv", Width, 3 * Width);
            tensors.Dense(name + ".attention.output", Width, Width);
            tensors.Normalize(name + ".mlp_norm", Normalization.Layer, Width);
            tensors.Hidden(name + ".hidden", Width, HiddenWidth);
            tensors.Dense(name + ".linear", HiddenWidth, Width);
        }

        tensors.Normalize(IsBert ? "embedding_norm" : "norm", Normalization.Layer, Width);
        tensors.Dense("output", Width, outputs);
    }

    /// <summary>Describes the layers behind the tokens.</summary>
    private protected IReadOnlyList<LayerDescription> DescribeBehindTokens(LayerList layers, int places, int outputs)
    {
        var hasClassToken = Pooling == TokenPooling.ClassToken;
        if (hasClassToken)
            layers.Add(new ClassTokenDescription("class_token", Width));
        layers.Add(new PositionsDescription("positions", places + (hasClassToken ? 1 : 0), Width));
        if (IsBert)
            Normalize(layers, "embedding_norm");
        layers.Noise();
        for (var block = 0; block < Depth; block++)
        {
            var name = $"blocks.{block}";
            Branch(name + ".attention_norm", branch => branch.Add(new AttentionDescription(name + ".attention", Width, Heads)).Noise());
            Branch(name + ".mlp_norm", branch => DescribePerceptron(branch, name, block));
        }

        if (!IsBert)
            Normalize(layers, "norm");
        return layers.Add(new TokenPoolingDescription(Pooling, Width)).Linear("output", 2 * Depth, Width, outputs, isOutput: true).Layers;

        void Branch(string normalization, Action<LayerList> describe)
        {
            var branch = new LayerList();
            if (!IsBert)
                Normalize(branch, normalization);
            describe(branch);
            layers.Residual(branch);
            if (IsBert)
                Normalize(layers, normalization);
        }

        void Normalize(LayerList list, string name) => list.Normalize(name, Normalization.Layer, Width, NormalizationEpsilon);
    }

    private void DescribePerceptron(LayerList branch, string name, int block)
    {
        branch.Linear(name + ".hidden.linear", 2 * block, Width, HiddenWidth).Activate(Activation.GELU);
        if (!IsBert)
            branch.Noise();
        branch.Linear(name + ".linear", 2 * block + 1, HiddenWidth, Width).Noise();
    }

    /// <summary>Trained numbers behind the tokens.</summary>
    private protected double ParametersBehindTokens(int places, double outputs)
    {
        double width = Width;
        var block = 4 * width * width + 2 * width * HiddenWidth + 9 * width + HiddenWidth;
        var classToken = Pooling == TokenPooling.ClassToken ? 2 * width : 0;
        return classToken + places * width + Depth * block + 2 * width + width * outputs + outputs;
    }
}
