using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Scoring;

/// <summary>TorchSharp's own LSTM: rows of steps to logits of the mean state.</summary>
internal sealed class PlainLstm : nn.Module<Tensor, Tensor>
{
    private readonly int _values;
    private readonly TorchSharp.Modules.LSTM _lstm;
    private readonly TorchSharp.Modules.Linear _output;

    public PlainLstm(int values, int units)
        : base(nameof(PlainLstm))
    {
        _values = values;
        _lstm = nn.LSTM(values, units, batchFirst: true);
        _output = nn.Linear(units, ScoringWorkload.Classes);
        register_module("lstm", _lstm);
        register_module("output", _output);
    }

    public override Tensor forward(Tensor input) =>
        _output.forward(_lstm.forward(input.reshape(input.shape[0], -1, _values)).Item1.mean([1]));
}
