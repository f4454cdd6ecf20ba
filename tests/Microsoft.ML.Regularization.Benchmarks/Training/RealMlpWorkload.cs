using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Training;

/// <summary>A RealMLP of embedded numbers with its own activation for classes.</summary>
internal sealed record RealMlpWorkload(string Name, int Features, int[] Hidden, int BatchSize, int Rows) : Workload(Name, Features, BatchSize, Rows)
{
    public const int Frequencies = 16;
    public const int EmbeddingSize = 4;

    public override NetworkArchitecture Architecture => NetworkArchitecture.RealMlp() with { HiddenSizes = [.. Hidden] };

    public override double MultiplyAdds =>
        Features * (double)Frequencies * EmbeddingSize + Widths.Zip(Widths.Skip(1)).Sum(layer => (double)layer.First * layer.Second);

    private IEnumerable<int> Widths => [Features * EmbeddingSize, .. Hidden, Classes];

    public override nn.Module<Tensor, Tensor> CreatePlain() => new PlainRealMlp(this);
}
