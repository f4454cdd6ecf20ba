using System.Diagnostics;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Convolutions;

/// <summary>A convolution of 3 x 3 with a rim, of those that the training benchmarks have.</summary>
/// <param name="Batch">Images of a step.</param>
/// <param name="Inputs">Maps before it.</param>
/// <param name="Outputs">Maps behind it.</param>
/// <param name="Side">Places of a map's side.</param>
internal sealed record ConvolutionCase(int Batch, int Inputs, int Outputs, int Side)
{
    private const int Size = 3;
    private const double Seconds = 0.5;

    public static IReadOnlyList<ConvolutionCase> All { get; } =
    [
        new(128, 1, 32, 28), new(128, 32, 64, 14), new(128, 64, 128, 7),
        new(128, 16, 16, 32), new(128, 32, 32, 16), new(128, 64, 64, 8),
        new(16, 64, 64, 28), new(16, 128, 128, 14), new(16, 256, 256, 7)
    ];

    private double Operations => 2.0 * Batch * Side * Side * Size * Size * Inputs * Outputs;

    /// <summary>libtorch's, forward and for both gradients: billions of operations of a plain convolution a second.</summary>
    public (double Forward, double Gradients) OfLibTorch() => Measure((images, kernels) => nn.functional.conv2d(images, kernels, padding: [1, 1]));

    /// <summary>The library's own; null where libtorch's is the faster.</summary>
    public (double Forward, double Gradients)? OfLibrary()
    {
        using var scope = NewDisposeScope();
        return MapConvolution.Takes(ChannelsLast(Batch, Inputs, Side), ChannelsLast(Outputs, Inputs, Size))
            ? Measure((images, kernels) => MapConvolution.Of(images, kernels, bias: null))
            : null;
    }

    private (double Forward, double Gradients) Measure(Func<Tensor, Tensor, Tensor> convolution)
    {
        using var scope = NewDisposeScope();

        // As while training: threads of libtorch that wait do not take the processors.
        using var threads = TrainingThreads.Hold(teamThreads: 0, CPU);
        using var memory = KeptMemory.Hold();
        var images = ChannelsLast(Batch, Inputs, Side).requires_grad_();
        var kernels = ChannelsLast(Outputs, Inputs, Size).requires_grad_();
        var gradient = ChannelsLast(Batch, Outputs, Side);
        var forward = Measure(() =>
        {
            using var inner = NewDisposeScope();
            convolution(images, kernels);
        });
        var both = Measure(() =>
        {
            using var inner = NewDisposeScope();
            autograd.grad([convolution(images, kernels)], [images, kernels], [gradient]);
        });
        return (Operations / forward / 1e9, 2 * Operations / (both - forward) / 1e9);
    }

    /// <summary>The library's product of the same size, without what brings the places together.</summary>
    public unsafe double OfProduct()
    {
        var (rows, depth) = (Batch * Side * Side, Size * Size * Inputs);
        var (left, right, result) = (new AlignedFloats(rows * depth), new AlignedFloats(depth * Outputs), new AlignedFloats(rows * Outputs));
        var seconds = Measure(() => MatrixProduct.Compute(
            new Matrix(left.Pointer, rows, depth), new Matrix(right.Pointer, depth, Outputs), Matrix.Zeros(rows, Outputs), new Matrix(result.Pointer, rows, Outputs)));

        // Addresses keep nothing alive.
        GC.KeepAlive((left, right, result));
        return Operations / seconds / 1e9;
    }

    private static Tensor ChannelsLast(int first, int channels, int side) => (rand(first, side, side, channels) - 0.5).permute(0, 3, 1, 2);

    private static double Measure(Action action)
    {
        var (times, clock) = (new List<double>(), Stopwatch.StartNew());
        while (clock.Elapsed.TotalSeconds < Seconds || times.Count < 5)
        {
            var start = Stopwatch.GetTimestamp();
            action();
            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        times.Sort();
        return times[times.Count / 2];
    }
}
