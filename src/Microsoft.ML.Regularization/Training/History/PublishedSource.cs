namespace Microsoft.ML.Regularization;

/// <summary>The weights that a network started from: see <see cref="NeuralNetworkOptions.Pretrained"/>.</summary>
/// <param name="File">The name of their file, without its folder; null for what pre-training made.</param>
/// <param name="Sha256">The SHA-256 of their content, in hexadecimal digits.</param>
public sealed record PublishedSource(string? File, string Sha256)
{
    /// <summary>Name and hash.</summary>
    public override string ToString() => $"{File ?? "pre-trained"} (SHA-256 {Sha256})";
}
