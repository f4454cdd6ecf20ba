using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The base of recurrent networks. They read sequences of numbers, a column of type Vector&lt;Single, steps, numbers of a step&gt; (without dimensions, each
/// number is a step), or texts, a column of type Vector&lt;Key&gt; as <c>TokenizeIntoWords</c> and <c>MapValueToKey</c> produce: their tokens are embedded,
/// and the padding of the shorter texts in a batch does not affect any state. <see cref="Layers"/> layers read the steps one after the other, each one the
/// states of the layer before it; the states of the last are pooled, and a linear layer gives the outputs. <see cref="RegularizationRecipe.RnnLstm"/> is a
/// good starting point.
/// Records outside of the library cannot derive from it.
/// </summary>
/// <remarks>
/// <para>
/// Dropout is locked: a row's noise is drawn once per training step and is the same at all steps of the sequence (Gal and Ghahramani, "A theoretically
/// grounded application of dropout in recurrent neural networks", 2016). It is applied to embedded tokens, to the states between layers, and to the pooled
/// state. <see cref="DropConnect"/> masks only the recurrent matrices, with one mask for all steps and rows of a batch, and scores with mean weights (Merity,
/// Keskar and Socher, "Regularizing and optimizing LSTM language models", 2018). <see cref="AlphaDropout"/> and <see cref="VariationalDropout"/> are refused.
/// </para>
/// <para>
/// <see cref="ManifoldMixup"/> mixes at layer 0, the numbers or embedded tokens (a mixed text is as long as the longer of both), and at layer 1, the pooled
/// state.
/// </para>
/// <para>
/// Weights of a layer start uniform within <c>+-1 / sqrt(HiddenSize)</c>, biases at 0 where not said otherwise, token vectors normal with deviation 1, and
/// that of "unknown" at 0, so that unknown words have no effect if training has none.
/// </para>
/// </remarks>
public abstract record RecurrentArchitecture : NetworkArchitecture
{
    private protected RecurrentArchitecture()
    {
    }

    /// <summary>Units of each layer's state, in each direction; from 1 to 65536. Default: 128.</summary>
    public int HiddenSize { get; init; } = 128;

    /// <summary>Layers, from 1 to 64. Default: 1.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>
    /// Whether each layer also reads backwards, with weights of its own; the states of both directions are concatenated (Schuster and Paliwal, "Bidirectional
    /// recurrent neural networks", 1997). Default: False.
    /// </summary>
    public bool Bidirectional { get; init; }

    /// <summary>Default: <see cref="SequencePooling.Last"/>.</summary>
    public SequencePooling Pooling { get; init; } = SequencePooling.Last;

    /// <summary>Numbers of a token's vector, where texts are read; from 1 to 65536. Default: 64.</summary>
    public int EmbeddingSize { get; init; } = 64;

    /// <summary>
    /// The maximum number of tokens read of a text, from 1 to 65536; longer texts are truncated, with a warning when training. Default: 256.
    /// </summary>
    public int MaxLength { get; init; } = 256;

    internal abstract RecurrentCell Cell { get; }

    internal override NetworkInputs Takes => NetworkInputs.Sequences | NetworkInputs.Texts;

    internal override InputScaling UsualScaling => InputScaling.Standardize;

    internal override int MaxTokens => MaxLength;

    internal override Capabilities Offers =>
        Capabilities.NoisyLayers | Capabilities.MaskedWeights | Capabilities.MovableInputs | Capabilities.MixableStates;

    internal override bool NeedsTwoRowsPerBatch => false;

    /// <summary>The input, and the pooled state.</summary>
    internal override int MixableStates => 2;

    internal int Directions => Bidirectional ? 2 : 1;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Cell.Name}({(Layers == 1 ? "" : $"{Layers} layers of ")}{HiddenSize}{(Bidirectional ? " in both directions" : "")}), {Pooling} pooling";

    internal override void Validate(IExceptionContext context)
    {
        context.CheckBetween(HiddenSize, nameof(HiddenSize), 1, 65536);
        context.CheckBetween(Layers, nameof(Layers), 1, 64);
        context.CheckDefined(Pooling, nameof(Pooling));
        context.CheckBetween(EmbeddingSize, nameof(EmbeddingSize), 1, 65536);
        context.CheckBetween(MaxLength, nameof(MaxLength), 1, 65536);
    }

    private protected override string Lack(Capabilities missing) => missing switch
    {
        Capabilities.LinearLayers => "which multiplies all rows of a batch by the same recurrent matrix, at every step",
        Capabilities.SeluActivation => "whose states are bounded and not of SELU",
        _ => base.Lack(missing),
    };

    /// <summary>All trained numbers.</summary>
    internal override double WeightsOf(InputLayout input, double outputs)
    {
        var embedded = input.Text is { } text ? (double)text.TableSize * EmbeddingSize : 0;
        return embedded + WeightsOfLayer(ValuesOf(input)) + (Layers - 1) * WeightsOfLayer(Directions * HiddenSize) + (Directions * (double)HiddenSize + 1) * outputs;

        double WeightsOfLayer(double inputs) => Directions * Cell.Gates * (HiddenSize * (inputs + HiddenSize) + 2.0 * HiddenSize);
    }

    internal override double TableWeights(double values) => (values + TextInput.FirstWord) * EmbeddingSize;

    /// <summary>Numbers of one step as the first layer takes it.</summary>
    internal int ValuesOf(InputLayout input) => input.Text is null ? input.Numbers / input.Steps : EmbeddingSize;

    internal override void CheckInput(IExceptionContext? context, InputLayout input)
    {
        if (input is { Text: null, Numbers: 0 } or { Text: null, Steps: 0 })
            throw context.ExceptUserArg("FeatureColumnName", $"{this} reads sequences or texts, but the input is {input}.");
    }

    internal override void ListTensors(TensorList tensors, InputLayout input, int outputs)
    {
        if (input.Text is { } text)
            tensors.Add("embedding.weight", text.TableSize, EmbeddingSize);
        long width = ValuesOf(input);
        for (var layer = 0; layer < Layers; layer++)
        {
            RecurrentLayer.List(tensors, $"ahead.{layer}", Cell, width, HiddenSize);
            if (Bidirectional)
                RecurrentLayer.List(tensors, $"back.{layer}", Cell, width, HiddenSize);
            width = (long)Directions * HiddenSize;
        }

        tensors.Dense("output", width, outputs);
    }

    internal override bool ScoresInManagedCode => true;

    internal override bool DrawsInManagedCode => false;

    internal override INetworkScorer CreateScorer(TrainedParts parts) => RecurrentLayers.Scorer(this, parts);

    internal override IReadOnlyList<LayerDescription> Describe(InputLayout input, int outputs) => RecurrentLayers.Describe(this, input, outputs);

    internal override Network CreateNetwork(InputLayout input, int outputs, NetworkBuilder builder)
    {
        CheckInput(context: null, input);
        CheckMemory(nameof(HiddenSize), input, outputs);
        return new RecurrentNetwork(this, input, outputs, builder);
    }
}
