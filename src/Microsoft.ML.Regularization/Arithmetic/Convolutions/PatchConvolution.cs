namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>
/// Convolution of maps with kernels of any odd size and a rim of zeros, as a product: what each result depends on is brought together, some results at a time.
/// </summary>
internal sealed unsafe class PatchConvolution : TeamWork
{
    // Floats of what is brought together, which stay in the cache next to the core, and results at a time.
    private const int MostFloats = 1 << 16;
    private const int MostPlaces = 192;

    [ThreadStatic]
    private static PatchConvolution? t_convolution;

    [ThreadStatic]
    private static AlignedFloats? t_memory;

    private ImageMaps _inputs;
    private ImageMaps _outputs;
    private PackedMatrix _kernels = null!;
    private int _size;
    private int _stride;
    private float* _bias;
    private int _places;

    private PatchConvolution()
    {
    }

    private int Depth => _size * _size * _inputs.Channels;

    /// <summary>Kernels as <see cref="Compute"/> takes them.</summary>
    /// <param name="kernels">(outputs, inputs, size, size).</param>
    /// <param name="inputs">Maps before the convolution.</param>
    /// <param name="size">Height and width of the kernels.</param>
    public static PackedMatrix Pack(ReadOnlySpan<float> kernels, int inputs, int size)
    {
        var (places, depth) = (size * size, size * size * inputs);
        var rows = new float[kernels.Length];
        for (var i = 0; i < kernels.Length; i++)
        {
            var (output, input, place) = (i / depth, i / places % inputs, i % places);
            rows[output * depth + place * inputs + input] = kernels[i];
        }

        return PackedMatrix.OfWeight(rows, depth);
    }

    /// <param name="inputs">(images, height, width, inputs).</param>
    /// <param name="kernels">See <see cref="Pack"/>.</param>
    /// <param name="size">Height and width of the kernels, odd.</param>
    /// <param name="stride">Places from one result to the next.</param>
    /// <param name="bias">(outputs).</param>
    /// <param name="outputs">(images, height, width, outputs), both divided by the stride and rounded up.</param>
    public static void Compute(ImageMaps inputs, PackedMatrix kernels, int size, int stride, float* bias, ImageMaps outputs)
    {
        var results = outputs.Images * outputs.Height * outputs.Width;
        if (size == 1 && stride == 1)
        {
            Multiply(inputs.At(0, 0, 0), results, kernels, bias, outputs.At(0, 0, 0));
            return;
        }

        var work = t_convolution ??= new PatchConvolution();
        (work._inputs, work._outputs, work._kernels, work._size, work._stride) = (inputs, outputs, kernels, size, stride);
        work._bias = bias;
        work._places = Math.Clamp(MostFloats / work.Depth / MatrixTile.Rows * MatrixTile.Rows, MatrixTile.Rows, MostPlaces);
        ThreadTeam.Current.Run(work, (results + work._places - 1) / work._places);
        work._kernels = null!;
    }

    public override void Run(int part)
    {
        var first = part * _places;
        var (height, width) = (_outputs.Height, _outputs.Width);
        var count = Math.Min(_places, _outputs.Images * height * width - first);
        var patches = AlignedFloats.Ensure(ref t_memory, _places * Depth).Pointer;
        for (var place = 0; place < count; place++)
        {
            var (row, x) = Math.DivRem(first + place, width);
            var (image, y) = Math.DivRem(row, height);
            Gather(image, y * _stride - _size / 2, x * _stride - _size / 2, patches + (nint)place * Depth);
        }

        Multiply(patches, count, _kernels, _bias, _outputs.At(0, 0, 0) + (nint)first * _outputs.Channels);
    }

    private void Gather(int image, int y, int x, float* patch)
    {
        var (from, to) = (Math.Max(0, -x), Math.Min(_size, _inputs.Width - x));
        var (channels, row) = (_inputs.Channels, _size * _inputs.Channels);
        for (var i = 0; i < _size; i++, patch += row)
        {
            var target = new Span<float>(patch, row);
            if (y + i < 0 || y + i >= _inputs.Height)
            {
                target.Clear();
                continue;
            }

            target[..(from * channels)].Clear();
            new ReadOnlySpan<float>(_inputs.At(image, y + i, x + from), (to - from) * channels).CopyTo(target[(from * channels)..]);
            target[(to * channels)..].Clear();
        }
    }

    private static void Multiply(float* rows, int count, PackedMatrix kernels, float* bias, float* results) => MatrixProduct.Compute(
        new Matrix(rows, count, kernels.Depth), kernels, Matrix.Repeat(bias, count, kernels.Columns), new Matrix(results, count, kernels.Columns));
}
