using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Training;

/// <summary>A multilayer perceptron with ReLU.</summary>
internal sealed record MlpWorkload(string Name, int Features, int[] Hidden, int BatchSize, int Rows) : Workload(Name, Features, BatchSize, Rows)
{
    public override NetworkArchitecture Architecture => NetworkArchitecture.Mlp(Hidden);

    public override double MultiplyAdds => Widths.Zip(Widths.Skip(1)).Sum(layer => (double)layer.First * layer.Second);

    private IEnumerable<int> Widths => [Features, .. Hidden, Classes];

    public override nn.Module<Tensor, Tensor> CreatePlain()
    {
        var layers = new List<nn.Module<Tensor, Tensor>>();
        var width = Features;
        foreach (var size in Hidden)
        {
            layers.Add(nn.Linear(width, size));
            layers.Add(nn.ReLU());
            if (Dropout > 0)
                layers.Add(nn.Dropout(Dropout));
            width = size;
        }

        layers.Add(nn.Linear(width, Classes));
        return nn.Sequential(layers);
    }
}
