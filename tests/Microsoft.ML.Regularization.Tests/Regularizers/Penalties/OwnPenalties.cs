using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tests.Regularizers.Penalties;

/// <summary>Strength times the sum of the matrices' weights to a power.</summary>
public sealed record OwnPowerPenalty : ICustomPenalty
{
    public float Strength { get; init; } = 0.5f;

    public int Power { get; init; } = 2;

    public Tensor Compute(IReadOnlyDictionary<string, Tensor> weights) =>
        weights.Where(named => named.Key.EndsWith("weight", StringComparison.Ordinal)).Select(named => named.Value.pow(Power).sum()).Aggregate((sum, next) => sum + next) * Strength;
}

/// <summary>A penalty that looks at no weight.</summary>
public sealed record OwnConstantPenalty : ICustomPenalty
{
    public Tensor Compute(IReadOnlyDictionary<string, Tensor> weights) => ones(1);
}
