namespace Microsoft.ML.Regularization.Pretrained;

/// <summary>Weights that <see cref="NeuralNetworkTrainer{TTransformer, TModel}.Pretrain"/> made. The hash beside them tells them apart, so that here all are equal.</summary>
/// <param name="origin">What they were trained on.</param>
/// <param name="content">The safetensors file that they are, where it is in memory; null where it is on disk.</param>
internal sealed class MadeWeights(PretrainingOrigin origin, byte[]? content) : IEquatable<MadeWeights>
{
    public PretrainingOrigin Origin => origin;

    public byte[]? Content => content;

    public bool Equals(MadeWeights? other) => other is not null;

    public override bool Equals(object? obj) => obj is MadeWeights;

    public override int GetHashCode() => 0;
}
