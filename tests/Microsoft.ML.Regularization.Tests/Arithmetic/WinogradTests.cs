namespace Microsoft.ML.Regularization.Tests.Arithmetic;

/// <summary>Convolutions against their sums in double precision. Nothing is touched but maps and kernels.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed unsafe class WinogradTests
{
    // A result is a sum of as many terms as kernels have elements; transforms enlarge what they add and take away again.
    private const double Tolerance = 1e-4;

    /// <summary>Images, height, width, inputs, outputs: whole tiles and parts of them, a single place, and channels that fill half a panel or end in one.</summary>
    public static IEnumerable<object[]> Shapes =>
    [
        [1, 1, 1, 16, 16], [5, 1, 3, 32, 16], [3, 4, 4, 16, 32], [2, 7, 5, 16, 48], [4, 8, 8, 48, 64], [3, 14, 13, 32, 32], [1, 9, 2, 64, 80], [13, 16, 16, 16, 16],
        [70, 7, 7, 128, 32], [40, 32, 32, 16, 16],
    ];

    [TestMethod]
    [DynamicData(nameof(Shapes))]
    public void A_convolution_is_the_sum_over_kernels(int images, int height, int width, int inputs, int outputs)
    {
        var (maps, kernels, bias) = (Maps(images, height, width, inputs, 1), Fill(outputs * inputs * 9, 2), Fill(outputs, 3));
        foreach (var isGuardBehind in new[] { true, false })
        {
            using var x = new GuardedFloats(maps.Values, isGuardBehind);
            using var w = new GuardedFloats(kernels, isGuardBehind);
            using var b = new GuardedFloats(bias, isGuardBehind);
            using var y = new GuardedFloats(new float[maps.Places * outputs], isGuardBehind);

            WinogradConvolution.Compute(maps.At(x), w.Pointer, isTurned: false, b.Pointer, maps.At(y, outputs));

            AreClose(y.Span, inputs * 9, i => bias[i % outputs] + Sum(maps, i / outputs, (place, element) =>
            {
                double sum = 0;
                for (var input = 0; input < inputs; input++)
                    sum += (double)maps.Values[place * inputs + input] * kernels[(i % outputs * inputs + input) * 9 + element];
                return sum;
            }));
        }
    }

    [TestMethod]
    [DynamicData(nameof(Shapes))]
    public void Turned_kernels_give_the_gradient_of_the_inputs(int images, int height, int width, int inputs, int outputs)
    {
        var (gradients, kernels) = (Maps(images, height, width, outputs, 1), Fill(outputs * inputs * 9, 2));
        foreach (var isGuardBehind in new[] { true, false })
        {
            using var g = new GuardedFloats(gradients.Values, isGuardBehind);
            using var w = new GuardedFloats(kernels, isGuardBehind);
            using var x = new GuardedFloats(new float[gradients.Places * inputs], isGuardBehind);

            WinogradConvolution.Compute(gradients.At(g), w.Pointer, isTurned: true, bias: null, gradients.At(x, inputs));

            AreClose(x.Span, outputs * 9, i => Sum(gradients, i / inputs, (place, element) =>
            {
                double sum = 0;
                for (var output = 0; output < outputs; output++)
                    sum += (double)gradients.Values[place * outputs + output] * kernels[(output * inputs + i % inputs) * 9 + 8 - element];
                return sum;
            }));
        }
    }

    [TestMethod]
    [DynamicData(nameof(Shapes))]
    public void The_gradient_of_kernels_is_the_sum_over_places(int images, int height, int width, int inputs, int outputs)
    {
        var (maps, gradients) = (Maps(images, height, width, inputs, 1), Maps(images, height, width, outputs, 2));
        var before = Fill(outputs * inputs * 9, 3);
        var expected = new double[before.Length];
        for (var place = 0; place < maps.Places; place++)
        {
            Sum(maps, place, (neighbour, element) =>
            {
                for (var output = 0; output < outputs; output++)
                {
                    for (var input = 0; input < inputs; input++)
                        expected[(output * inputs + input) * 9 + element] += (double)maps.Values[neighbour * inputs + input] * gradients.Values[place * outputs + output];
                }

                return 0;
            });
        }

        foreach (var (isGuardBehind, adds) in new[] { (true, false), (false, true) })
        {
            using var x = new GuardedFloats(maps.Values, isGuardBehind);
            using var g = new GuardedFloats(gradients.Values, isGuardBehind);
            using var w = new GuardedFloats(before, isGuardBehind);

            WinogradGradient.Compute(maps.At(x), gradients.At(g), w.Pointer, adds);

            AreClose(w.Span, maps.Places, i => expected[i] + (adds ? before[i] : 0));
        }
    }

    [TestMethod]
    [DynamicData(nameof(Shapes))]
    public void Threads_change_no_bit(int images, int height, int width, int inputs, int outputs)
    {
        var (maps, gradients) = (Maps(images, height, width, inputs, 1), Maps(images, height, width, outputs, 2));
        using var x = new GuardedFloats(maps.Values);
        using var g = new GuardedFloats(gradients.Values);
        using var w = new GuardedFloats(Fill(outputs * inputs * 9, 3));
        float[]? expected = null;
        foreach (var size in new[] { 1, 2, 3, 8 })
        {
            using var team = new ThreadTeam(size);
            using var held = ThreadTeam.Use(team);
            using var y = new GuardedFloats(new float[maps.Places * outputs]);
            using var dx = new GuardedFloats(new float[maps.Places * inputs]);
            using var dw = new GuardedFloats(new float[w.Length]);
            WinogradConvolution.Compute(maps.At(x), w.Pointer, isTurned: false, bias: null, maps.At(y, outputs));
            WinogradConvolution.Compute(gradients.At(g), w.Pointer, isTurned: true, bias: null, maps.At(dx, inputs));
            WinogradGradient.Compute(maps.At(x), gradients.At(g), dw.Pointer, adds: false);
            float[] all = [.. y.Span, .. dx.Span, .. dw.Span];
            CollectionAssert.AreEqual(expected ??= all, all, $"{size} threads");
        }
    }

    // Over the kernel's nine elements, of the places that there are.
    private static double Sum(MadeMaps maps, int place, Func<int, int, double> term)
    {
        var (image, y, x) = (place / (maps.Height * maps.Width), place / maps.Width % maps.Height, place % maps.Width);
        double sum = 0;
        for (var element = 0; element < 9; element++)
        {
            var (row, column) = (y + element / 3 - 1, x + element % 3 - 1);
            if (row >= 0 && row < maps.Height && column >= 0 && column < maps.Width)
                sum += term((image * maps.Height + row) * maps.Width + column, element);
        }

        return sum;
    }

    private static void AreClose(ReadOnlySpan<float> actual, int terms, Func<int, double> expected)
    {
        for (var i = 0; i < actual.Length; i++)
            Assert.AreEqual(expected(i), actual[i], Tolerance * Math.Sqrt(terms), $"element {i}");
    }

    private static MadeMaps Maps(int images, int height, int width, int channels, int seed) =>
        new(images, height, width, channels, Fill(images * height * width * channels, seed));

    private static float[] Fill(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => 2 * random.NextSingle() - 1)];
    }

    private sealed record MadeMaps(int Images, int Height, int Width, int Channels, float[] Values)
    {
        public int Places => Images * Height * Width;

        public ImageMaps At(GuardedFloats memory) => At(memory, Channels);

        public ImageMaps At(GuardedFloats memory, int channels) => new((nint)memory.Pointer, Images, Height, Width, channels);
    }
}
