using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Training;

/// <summary>A RealMLP of TorchSharp's own layers and operations: numbers embedded by cosines, a factor for each input, and a learned mixture of SELU and the identity.</summary>
internal sealed class PlainRealMlp : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Parameter _frequency;
    private readonly TorchSharp.Modules.Parameter _phase;
    private readonly TorchSharp.Modules.Parameter _weight;
    private readonly TorchSharp.Modules.Parameter _bias;
    private readonly TorchSharp.Modules.Parameter _factor;
    private readonly TorchSharp.Modules.Sequential _layers = nn.Sequential();

    public PlainRealMlp(RealMlpWorkload workload)
        : base(nameof(PlainRealMlp))
    {
        var (numbers, frequencies, size) = (workload.Features, RealMlpWorkload.Frequencies, RealMlpWorkload.EmbeddingSize - 1);
        _frequency = nn.Parameter(randn(numbers, frequencies) * 0.1);
        _phase = nn.Parameter((rand(numbers, frequencies) * 2 - 1) * Math.PI);
        _weight = nn.Parameter(randn(numbers, frequencies, size) / Math.Sqrt(frequencies));
        _bias = nn.Parameter(zeros(numbers, size));
        var width = numbers * (size + 1);
        _factor = nn.Parameter(ones(width));
        foreach (var units in workload.Hidden)
        {
            _layers.append(nn.Linear(width, units));
            _layers.append(new ParametricSelu(units));
            width = units;
        }

        _layers.append(nn.Linear(width, Workload.Classes));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var number = input.unsqueeze(-1);
        var waves = (2 * Math.PI * number * _frequency + _phase).cos();
        var embedded = waves.unsqueeze(-2).matmul(_weight).squeeze(-2) + _bias;
        return _layers.forward(cat([number, embedded], -1).flatten(1) * _factor);
    }

    private sealed class ParametricSelu : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Parameter _mixing;

        public ParametricSelu(int units)
            : base(nameof(ParametricSelu))
        {
            _mixing = nn.Parameter(ones(units));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => input + (nn.functional.selu(input) - input) * _mixing;
    }
}
