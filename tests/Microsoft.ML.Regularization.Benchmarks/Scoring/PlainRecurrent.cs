using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Scoring;

/// <summary>TorchSharp's own LSTM or GRU: rows of steps to logits of the last state, or of the mean of all.</summary>
internal sealed class PlainRecurrent : nn.Module<Tensor, Tensor>
{
    private readonly int _values;
    private readonly SequencePooling _pooling;
    private readonly TorchSharp.Modules.LSTM? _lstm;
    private readonly TorchSharp.Modules.GRU? _gru;
    private readonly TorchSharp.Modules.Linear _output;

    /// <param name="architecture">A single layer that reads ahead.</param>
    /// <param name="values">Numbers of a step.</param>
    public PlainRecurrent(RecurrentArchitecture architecture, int values)
        : base(nameof(PlainRecurrent))
    {
        (_values, _pooling) = (values, architecture.Pooling);
        if (architecture is LstmArchitecture)
            _lstm = nn.LSTM(values, architecture.HiddenSize, batchFirst: true);
        else
            _gru = nn.GRU(values, architecture.HiddenSize, batchFirst: true);
        _output = nn.Linear(architecture.HiddenSize, ScoringWorkload.Classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var steps = input.reshape(input.shape[0], -1, _values);
        var states = _lstm is not null ? _lstm.forward(steps).Item1 : _gru!.forward(steps).Item1;
        return _output.forward(_pooling == SequencePooling.Mean ? states.mean([1]) : states.select(1, -1));
    }
}
