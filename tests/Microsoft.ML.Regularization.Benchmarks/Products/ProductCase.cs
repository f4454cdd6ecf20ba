using System.Diagnostics;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Products;

/// <summary>The product of a layer's step: of a batch of rows with weights, or what its gradients need.</summary>
/// <param name="Kind">Which of the three.</param>
/// <param name="Batch">Rows of the batch.</param>
/// <param name="Inputs">Numbers of a row before the layer.</param>
/// <param name="Outputs">Numbers of a row behind it.</param>
internal sealed record ProductCase(ProductKind Kind, int Batch, int Inputs, int Outputs)
{
    private const double Seconds = 0.4;

    private static readonly (int Inputs, int Outputs)[] Layers = [(64, 256), (256, 256), (784, 1024), (1024, 1024), (1000, 1000)];

    public static IReadOnlyList<ProductCase> All { get; } =
    [
        .. from layer in Layers from batch in new[] { 128, 256, 1024 } from kind in Enum.GetValues<ProductKind>() select new ProductCase(kind, batch, layer.Inputs, layer.Outputs),
    ];

    private double Operations => 2.0 * Batch * Inputs * Outputs;

    /// <summary>Billions of operations a second.</summary>
    public double OfLibrary() => Own(library: null);

    /// <summary>The same by MKL in parts, each on one thread of the library; null where training never takes it for this size, or it is not there.</summary>
    public double? OfMkl() => MklProducts.IsThere && Operations / 2 >= MklProducts.Large ? Own(new MklProducts(leastMultiplications: 0)) : null;

    /// <summary>The same by libtorch.</summary>
    public double OfLibTorch()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (x, w, y) = (rand(Batch, Inputs), rand(Outputs, Inputs), rand(Batch, Outputs));
        return Measure(Kind switch
        {
            ProductKind.Forward => () => x.mm(w.t()).Dispose(),
            ProductKind.GradientOfRows => () => y.mm(w).Dispose(),
            _ => () => y.t().mm(x).Dispose(),
        });
    }

    private unsafe double Own(IMatrixLibrary? library)
    {
        using var held = HeldLibrary.Use(library);
        var rows = new AlignedFloats(Batch * Inputs);
        var weights = new AlignedFloats(Inputs * Outputs);
        var outputs = new AlignedFloats(Batch * Outputs);
        foreach (var numbers in new[] { rows, weights, outputs })
            Fill(numbers.Span);
        var (x, w, y) = (new Matrix(rows.Pointer, Batch, Inputs), new Matrix(weights.Pointer, Outputs, Inputs), new Matrix(outputs.Pointer, Batch, Outputs));
        var operations = Measure(Kind switch
        {
            ProductKind.Forward => () => MatrixProduct.Compute(x, w.Transposed, Matrix.Zeros(Batch, Outputs), y),
            ProductKind.GradientOfRows => () => MatrixProduct.Compute(y, w, Matrix.Zeros(Batch, Inputs), x),
            _ => () => MatrixProduct.Compute(y.Transposed, x, Matrix.Zeros(Outputs, Inputs), w),
        });

        // Addresses keep nothing alive.
        GC.KeepAlive((rows, weights, outputs));
        return operations;
    }

    private static void Fill(Span<float> numbers)
    {
        var random = new Random(1);
        foreach (ref var number in numbers)
            number = random.NextSingle() - 0.5f;
    }

    // The middle of many: the quickest has a processor that is cooler than those of a training.
    private double Measure(Action product)
    {
        var (times, clock) = (new List<double>(), Stopwatch.StartNew());
        while (clock.Elapsed.TotalSeconds < Seconds)
        {
            var start = Stopwatch.GetTimestamp();
            product();
            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        times.Sort();
        return Operations / times[times.Count / 2] / 1e9;
    }
}
