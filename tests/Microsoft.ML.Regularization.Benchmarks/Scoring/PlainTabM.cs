using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Scoring;

/// <summary>TabM of TorchSharp's own operations: rows of all members through the same two layers, an output layer for each, and the mean of probabilities.</summary>
internal sealed class PlainTabM : nn.Module<Tensor, Tensor>
{
    private readonly Tensor _factors;
    private readonly TorchSharp.Modules.Linear _first;
    private readonly TorchSharp.Modules.Linear _second;
    private readonly Tensor _weight;
    private readonly Tensor _bias;

    public PlainTabM(int numbers, int members, int units)
        : base(nameof(PlainTabM))
    {
        _factors = randn(members, numbers);
        _first = nn.Linear(numbers, units);
        _second = nn.Linear(units, units);
        _weight = randn(members, units, ScoringWorkload.Classes);
        _bias = randn(members, ScoringWorkload.Classes);
        register_module("first", _first);
        register_module("second", _second);
    }

    public override Tensor forward(Tensor input)
    {
        var states = nn.functional.relu(_second.forward(nn.functional.relu(_first.forward(input.unsqueeze(1) * _factors))));
        var outputs = states.transpose(0, 1).matmul(_weight).transpose(0, 1) + _bias;
        return outputs.softmax(2).mean([1]).log();
    }
}
