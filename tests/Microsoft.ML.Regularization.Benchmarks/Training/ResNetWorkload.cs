using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Training;

/// <summary>The residual network for small images: a stem, three stages of basic blocks, the mean of each map.</summary>
internal sealed record ResNetWorkload(string Name, ImageShape Image, int Depth, int Width, int BatchSize, int Rows)
    : Workload(Name, Image.Channels * Image.Height * Image.Width, BatchSize, Rows)
{
    private const int Stages = 3;

    public override NetworkArchitecture Architecture => NetworkArchitecture.ResNet(Depth, Width);

    public override ImageShape ImageShape => Image;

    public override double MultiplyAdds
    {
        get
        {
            double places = Image.Height * Image.Width;
            var sum = 9 * places * Image.Channels * Width;
            foreach (var (inputs, outputs) in Blocks)
            {
                places /= outputs > inputs ? 4 : 1;
                sum += 9 * places * outputs * (inputs + outputs);
            }

            return sum + (Width << (Stages - 1)) * Classes;
        }
    }

    /// <summary>The channels before and behind each block.</summary>
    private IEnumerable<(int Inputs, int Outputs)> Blocks
    {
        get
        {
            var inputs = Width;
            for (var block = 0; block < (Depth - 2) / 2; block++)
            {
                var outputs = Width << (block * 2 * Stages / (Depth - 2));
                yield return (inputs, outputs);
                inputs = outputs;
            }
        }
    }

    public override nn.Module<Tensor, Tensor> CreatePlain() => nn.Sequential(
    [
        nn.Unflatten(1, [Image.Channels, Image.Height, Image.Width]),
        nn.Conv2d(Image.Channels, Width, 3, padding: 1, bias: false),
        nn.BatchNorm2d(Width),
        nn.ReLU(),
        .. Blocks.Select(block => new PlainResidualBlock(block.Inputs, block.Outputs)),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(Width << (Stages - 1), Classes),
    ]);
}
