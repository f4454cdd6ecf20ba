using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// The module of <see cref="RecurrentArchitecture"/>. Parameters: <c>embedding.weight</c> (tokens, size) where texts are read, <c>ahead.i.input_weight</c>,
/// <c>ahead.i.recurrent_weight</c>, <c>ahead.i.input_bias</c> and <c>ahead.i.recurrent_bias</c> of layer i, the same in <c>back.i</c> for the other direction,
/// <c>output.weight</c>.
/// </summary>
internal sealed class RecurrentNetwork : Network
{
    private readonly InputLayout _input;
    private readonly int _values;
    private readonly SequencePooling _pooling;
    private readonly EmbeddingTable? _embedding;
    private readonly List<RecurrentLayer> _ahead = [];
    private readonly List<RecurrentLayer> _back = [];
    private readonly List<nn.Module<Tensor, Tensor>?> _noises = [];
    private readonly nn.Module<Tensor, Tensor> _output;

    public RecurrentNetwork(RecurrentArchitecture architecture, InputLayout input, int outputs, NetworkBuilder builder)
        : base(nameof(RecurrentNetwork), builder)
    {
        (_input, _values) = (input, architecture.ValuesOf(input));
        _pooling = architecture.Pooling;
        if (input.Text is { } text)
            _embedding = EmbeddingTable.Of(TokenTable.Create(text.TableSize, architecture.EmbeddingSize, deviation: 1, builder.Weights), builder);
        var width = _values;
        for (var layer = 0; layer < architecture.Layers; layer++)
        {
            _noises.Add(layer == 0 && _embedding is null ? null : builder.Noise(1));
            _ahead.Add(RecurrentLayer.Create(architecture.Cell, width, architecture.HiddenSize, builder));
            if (architecture.Bidirectional)
                _back.Add(RecurrentLayer.Create(architecture.Cell, width, architecture.HiddenSize, builder));
            width = architecture.Directions * architecture.HiddenSize;
        }

        _noises.Add(builder.Noise());
        _output = builder.Dense(width, outputs, gain: 1, isOutput: true);
        if (_embedding is not null)
            register_module("embedding", _embedding);
        register_module("ahead", new ModuleList<RecurrentLayer>([.. _ahead]));
        if (_back.Count > 0)
            register_module("back", new ModuleList<RecurrentLayer>([.. _back]));
        register_module("noises", new ModuleList<nn.Module<Tensor, Tensor>>([.. _noises.OfType<nn.Module<Tensor, Tensor>>()]));
        register_module("output", _output);
    }

    protected override Tensor Compute(Tensor input)
    {
        var sequence = Mixed(_embedding is null ? new PaddedSequence(input.reshape(input.shape[0], -1, _values), null) : Embedded(input, _embedding));
        List<PaddedSequence> directions = [];
        for (var layer = 0; layer < _ahead.Count; layer++)
        {
            if (layer > 0)
                sequence = sequence with { Values = SideBySide(directions) };
            sequence = sequence with { Values = Noisy(layer, sequence.Values) };
            directions = [sequence with { Values = _ahead[layer].forward(sequence.Values) }];
            if (_back.Count > 0)
                directions.Add(sequence with { Values = _back[layer].forward(sequence.Reverse().Values) });
        }

        // Of a unit's states at all steps that share their noise, the pooled one has it too.
        var pooled = Noisy(_ahead.Count, cat([.. directions.Select(states => states.Pool(_pooling))], 1));
        return _output.forward(MixAt(1, pooled));
    }

    protected override IEnumerable<RowPass?> CreatePasses()
    {
        RecurrentLayer[][] layers = [.. _ahead.Select((ahead, layer) => _back.Count > 0 ? [ahead, _back[layer]] : (RecurrentLayer[])[ahead])];
        var passes = RecurrentPasses.Of(_input, _embedding, layers, _noises, _pooling, FindMixing);
        return passes.Count == 0 ? [] : [.. passes, (_output as DenseLayer)?.CreatePass()];
    }

    private static PaddedSequence Embedded(Tensor input, EmbeddingTable embedding)
    {
        var tokens = input.to(ScalarType.Int64);
        var lengths = tokens.ne(Scalars.Padding).sum([1]).clamp_min(Scalars.One);
        tokens = tokens.narrow(1, 0, lengths.max().item<long>());
        return new PaddedSequence(TokenTable.OfTexts(embedding.forward(tokens.flatten()), tokens), lengths);
    }

    // A mixed text is as long as the longer of its two texts.
    private PaddedSequence Mixed(PaddedSequence sequence) => new(
        MixAt(0, sequence.Values),
        sequence.Lengths is { } lengths && Mixing is { State: 0 } mixing ? lengths.maximum(lengths.index_select(0, mixing.Partners)) : sequence.Lengths);

    // The states of the second direction are in the order in which it reads.
    private static Tensor SideBySide(List<PaddedSequence> directions) =>
        directions.Count == 1 ? directions[0].Values : cat([directions[0].Values, directions[1].Reverse().Values], 2);

    private Tensor Noisy(int place, Tensor states) => _noises[place] is { } noise ? noise.forward(states) : states;
}
