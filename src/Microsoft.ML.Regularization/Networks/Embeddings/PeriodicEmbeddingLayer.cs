using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// Numbers (batch, n) to <c>(x, W2 cos(2 pi w1 x + b1) + b2)</c> (batch, n * <see cref="Size"/>), each number with weights of its own: w1 normal, b1 uniform
/// over the circle, W2 and b2 uniform within 1 / sqrt(<see cref="Frequencies"/>). See <see cref="RealMlpArchitecture"/>.
/// </summary>
internal sealed class PeriodicEmbeddingLayer : nn.Module<Tensor, Tensor>, INumberLayer
{
    /// <summary>Size of the vector that one number is embedded as.</summary>
    public const int Size = 4;

    public const int Frequencies = 16;

    /// <summary>The stored parameters are the effective ones divided by this constant.</summary>
    public const double Rate = 0.1;

    [ComponentName(Name = "frequency")]
    private readonly Parameter _frequency;

    [ComponentName(Name = "phase")]
    private readonly Parameter _phase;

    [ComponentName(Name = "mixing")]
    private readonly Parameter _mixing;

    [ComponentName(Name = "shift")]
    private readonly Parameter _shift;

    public PeriodicEmbeddingLayer(int numbers, double frequencyDeviation, NetworkBuilder builder)
        : base(nameof(PeriodicEmbeddingLayer))
    {
        var bound = 1 / Math.Sqrt(Frequencies) / Rate;
        _frequency = ModuleParameter.Of(builder.Weights.Normal(frequencyDeviation / Rate, numbers, Frequencies));
        _phase = ModuleParameter.Of(builder.Weights.Uniform(Math.PI / Rate, numbers, Frequencies));
        _mixing = ModuleParameter.Of(builder.Weights.Uniform(bound, numbers, Frequencies, Size - 1));
        _shift = ModuleParameter.Of(builder.Weights.Uniform(bound, numbers, Size - 1));
        register_parameter("frequency", _frequency);
        register_parameter("phase", _phase);
        register_parameter("mixing", _mixing);
        register_parameter("shift", _shift);
        foreach (var parameter in new[] { _frequency, _phase, _mixing, _shift })
            builder.DecayFactors.Add(new DecayFactor(parameter, Rate * Rate));
    }

    /// <summary>The same in managed code.</summary>
    public InputPass CreatePass() => new PeriodicEmbeddingPass(
        (int)_frequency.shape[0], new ParameterMemory(_frequency), new ParameterMemory(_phase), new ParameterMemory(_mixing), new ParameterMemory(_shift));

    public override Tensor forward(Tensor input)
    {
        var number = input.unsqueeze(-1);
        var waves = (number.Times(2 * Math.PI * Rate) * _frequency).Plus(_phase.Times(Rate)).cos();
        var mixed = waves.unsqueeze(-2).matmul(_mixing).squeeze(-2).Plus(_shift).Times(Rate);
        return cat([number, mixed], -1).flatten(1);
    }
}
