namespace Microsoft.ML.Regularization;

/// <summary>A file of published weights that a network started from: see <see cref="NeuralNetworkOptions.Pretrained"/>.</summary>
/// <param name="File">Its name, without its folder.</param>
/// <param name="Sha256">The SHA-256 of its content, in hexadecimal digits.</param>
public sealed record PublishedSource(string File, string Sha256)
{
    /// <summary>Name and hash.</summary>
    public override string ToString() => $"{File} (SHA-256 {Sha256})";
}
