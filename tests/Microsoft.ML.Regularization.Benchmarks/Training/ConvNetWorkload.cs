using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Training;

/// <summary>Blocks of convolution 3 x 3, batch normalization, ReLU and maximum of 2 x 2, then the mean of each map.</summary>
internal sealed record ConvNetWorkload(string Name, ImageShape Image, int[] Channels, int BatchSize, int Rows)
    : Workload(Name, Image.Channels * Image.Height * Image.Width, BatchSize, Rows)
{
    public override NetworkArchitecture Architecture => NetworkArchitecture.ConvNet(Channels);

    public override ImageShape ImageShape => Image;

    public override double MultiplyAdds
    {
        get
        {
            var (sum, inputs, places) = (0.0, Image.Channels, Image.Height * Image.Width);
            var (height, width) = (Image.Height, Image.Width);
            foreach (var count in Channels)
            {
                sum += 9.0 * inputs * count * places;
                (inputs, height, width) = (count, height / 2, width / 2);
                places = height * width;
            }

            return sum + inputs * Classes;
        }
    }

    public override nn.Module<Tensor, Tensor> CreatePlain()
    {
        var layers = new List<nn.Module<Tensor, Tensor>> { nn.Unflatten(1, [Image.Channels, Image.Height, Image.Width]) };
        var inputs = Image.Channels;
        foreach (var count in Channels)
        {
            layers.Add(nn.Conv2d(inputs, count, 3, padding: 1, bias: false));
            layers.Add(nn.BatchNorm2d(count));
            layers.Add(nn.ReLU());
            layers.Add(nn.MaxPool2d(2));
            inputs = count;
        }

        layers.Add(nn.AdaptiveAvgPool2d(1));
        layers.Add(nn.Flatten());
        layers.Add(nn.Linear(inputs, Classes));
        return nn.Sequential(layers);
    }
}
