namespace Microsoft.ML.Regularization.Tests.Networks;

/// <summary>The maps of one image in double precision, and what convolutional networks do to them, place by place.</summary>
internal sealed class PlainMaps(int channels, int height, int width)
{
    private readonly double[,,] _values = new double[channels, height, width];

    public int Channels => channels;

    public int Height => height;

    public int Width => width;

    public double this[int channel, int y, int x]
    {
        get => y < 0 || x < 0 || y >= height || x >= width ? 0 : _values[channel, y, x];
        set => _values[channel, y, x] = value;
    }

    public static PlainMaps Of(ReadOnlySpan<float> values, int channels, int height, int width)
    {
        var copy = values.ToArray();
        return new PlainMaps(channels, height, width).Fill((c, y, x) => copy[(c * height + y) * width + x]);
    }

    public PlainMaps Convolve(NetworkWeights weights, string name, int stride = 1)
    {
        var kernel = weights.Find(name + ".weight")!;
        var values = kernel.Values.ToArray();
        var bias = weights.Find(name + ".bias")?.Values.ToArray();
        var size = (int)kernel.Shape[2];
        CollectionAssert.AreEqual(new long[] { kernel.Shape[0], channels, size, size }, kernel.Shape.ToArray());
        return new PlainMaps((int)kernel.Shape[0], (height + stride - 1) / stride, (width + stride - 1) / stride).Fill((output, y, x) =>
        {
            var sum = (double)(bias?[output] ?? 0);
            for (var input = 0; input < channels; input++)
            {
                for (var i = 0; i < size * size; i++)
                    sum += values[(output * channels + input) * size * size + i] * this[input, stride * y + i / size - size / 2, stride * x + i % size - size / 2];
            }

            return sum;
        });
    }

    /// <summary>By running statistics.</summary>
    public PlainMaps BatchNormalize(NetworkWeights weights, string name)
    {
        var (scale, shift, mean, variance) = (Read("weight"), Read("bias"), Read("running_mean"), Read("running_var"));
        return Map((c, value) => (value - mean[c]) / Math.Sqrt(variance[c] + 1e-5) * scale[c] + shift[c]);

        float[] Read(string part) => weights.Find($"{name}.{part}")!.Values.ToArray();
    }

    /// <summary>Over all channels and places.</summary>
    public PlainMaps LayerNormalize(NetworkWeights weights, string name)
    {
        var (scale, shift) = (weights.Find(name + ".weight")!.Values.ToArray(), weights.Find(name + ".bias")!.Values.ToArray());
        var all = _values.Cast<double>().ToList();
        var mean = all.Average();
        var variance = all.Average(value => (value - mean) * (value - mean));
        return Map((c, value) => (value - mean) / Math.Sqrt(variance + 1e-5) * scale[c] + shift[c]);
    }

    public PlainMaps ReLU() => Map((_, value) => Math.Max(value, 0));

    public PlainMaps Pool(Func<IEnumerable<double>, double> pool) => new PlainMaps(channels, height / 2, width / 2).Fill(
        (c, y, x) => pool([this[c, 2 * y, 2 * x], this[c, 2 * y, 2 * x + 1], this[c, 2 * y + 1, 2 * x], this[c, 2 * y + 1, 2 * x + 1]]));

    /// <summary>The largest of the 3 x 3 places around every second one; beyond the rim there are none.</summary>
    public PlainMaps HalfByLargest() => new PlainMaps(channels, (height + 1) / 2, (width + 1) / 2).Fill((c, y, x) =>
        (from i in Enumerable.Range(2 * y - 1, 3) from j in Enumerable.Range(2 * x - 1, 3) where i >= 0 && j >= 0 && i < height && j < width select this[c, i, j]).Max());

    /// <summary>Another size, each place between its four neighbours.</summary>
    public PlainMaps Resize(int side) => new PlainMaps(channels, side, side).Fill((c, y, x) =>
    {
        var ((top, down), (left, right)) = (Around(y, height), Around(x, width));
        return (1 - down) * ((1 - right) * At(top, left) + right * At(top, left + 1)) + down * ((1 - right) * At(top + 1, left) + right * At(top + 1, left + 1));

        (int First, double Share) Around(int place, int size)
        {
            var center = Math.Clamp((place + 0.5) * size / side - 0.5, 0, size - 1);
            return ((int)center, center - (int)center);
        }

        double At(int i, int j) => this[c, Math.Min(i, height - 1), Math.Min(j, width - 1)];
    });

    /// <summary>Every second place, and zeros in new channels.</summary>
    public PlainMaps Shortcut(int outputs) => new PlainMaps(outputs, (height + 1) / 2, (width + 1) / 2).Fill(
        (c, y, x) => c < channels ? this[c, 2 * y, 2 * x] : 0);

    public PlainMaps Plus(PlainMaps other) => new PlainMaps(channels, height, width).Fill((c, y, x) => this[c, y, x] + other[c, y, x]);

    public double[] Means() => [.. Enumerable.Range(0, channels).Select(c => Flatten().Skip(c * height * width).Take(height * width).Average())];

    public double[] Flatten() => [.. _values.Cast<double>()];

    public static double[] Linear(NetworkWeights weights, string name, double[] input)
    {
        var (weight, bias) = (weights.Find(name + ".weight")!.Values.ToArray(), weights.Find(name + ".bias")!.Values.ToArray());
        return [.. bias.Select((b, unit) => b + input.Select((value, i) => value * weight[unit * input.Length + i]).Sum())];
    }

    private PlainMaps Map(Func<int, double, double> change) => new PlainMaps(channels, height, width).Fill((c, y, x) => change(c, this[c, y, x]));

    private PlainMaps Fill(Func<int, int, int, double> value)
    {
        for (var c = 0; c < channels; c++)
        {
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                    _values[c, y, x] = value(c, y, x);
            }
        }

        return this;
    }
}
