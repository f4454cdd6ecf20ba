using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Scoring;

/// <summary>TorchSharp's own GRU: rows of steps to logits of the mean state.</summary>
internal sealed class PlainGru : nn.Module<Tensor, Tensor>
{
    private readonly int _values;
    private readonly TorchSharp.Modules.GRU _gru;
    private readonly TorchSharp.Modules.Linear _output;

    public PlainGru(int values, int units)
        : base(nameof(PlainGru))
    {
        _values = values;
        _gru = nn.GRU(values, units, batchFirst: true);
        _output = nn.Linear(units, ScoringWorkload.Classes);
        register_module("gru", _gru);
        register_module("output", _output);
    }

    public override Tensor forward(Tensor input) =>
        _output.forward(_gru.forward(input.reshape(input.shape[0], -1, _values)).Item1.mean([1]));
}
