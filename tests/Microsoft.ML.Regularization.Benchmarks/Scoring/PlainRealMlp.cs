using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Scoring;

/// <summary>RealMLP of TorchSharp's own operations, as one writes it by hand: numbers as waves, then linear layers with SELU that is mixed with the identity.</summary>
internal sealed class PlainRealMlp : nn.Module<Tensor, Tensor>
{
    private const int Waves = 16;
    private const int Size = 4;

    private readonly Tensor _frequency;
    private readonly Tensor _phase;
    private readonly Tensor _mixing;
    private readonly Tensor _shift;
    private readonly Tensor _scale;
    private readonly List<(TorchSharp.Modules.Linear Linear, Tensor Mixing)> _hidden = [];
    private readonly TorchSharp.Modules.Linear _output;

    public PlainRealMlp(int numbers, int units, int layers)
        : base(nameof(PlainRealMlp))
    {
        _frequency = randn(numbers, Waves);
        _phase = rand(numbers, Waves);
        _mixing = rand(numbers, Waves, Size - 1);
        _shift = rand(numbers, Size - 1);
        _scale = ones(numbers * Size);
        for (var layer = 0; layer < layers; layer++)
            _hidden.Add((nn.Linear(layer == 0 ? numbers * Size : units, units), ones(units)));
        _output = nn.Linear(units, ScoringWorkload.Classes);
        foreach (var (layer, (linear, _)) in _hidden.Index())
            register_module($"hidden{layer}", linear);
        register_module("output", _output);
    }

    public override Tensor forward(Tensor input)
    {
        var number = input.unsqueeze(-1);
        var waves = (number * _frequency + _phase).cos();
        var mixed = waves.unsqueeze(-2).matmul(_mixing).squeeze(-2) + _shift;
        var state = cat([number, mixed], -1).flatten(1) * _scale;
        foreach (var (linear, mixing) in _hidden)
        {
            var sums = linear.forward(state);
            state = sums + (nn.functional.selu(sums) - sums) * mixing;
        }

        return _output.forward(state);
    }
}
