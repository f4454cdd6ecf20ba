using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// Numbers to vectors and back in managed code: see <see cref="PiecewiseLinearEmbedding"/>. A code is ones, a share, zeros; so a row adds the share of one
/// bin's weights to sums over all bins before it, and gradients are summed up by bin before they are added up over the bins behind: the work of a row does not
/// grow with the bins.
/// </summary>
internal sealed unsafe class PiecewiseLinearFunction : autograd.SingleTensorFunction<PiecewiseLinearFunction>
{
    private const string BinsName = "bins";
    private const string PlacesName = "places";

    // Vectors that pay for another thread.
    private const int LeastWork = 1 << 11;

    public override string Name => nameof(PiecewiseLinearFunction);

    public static bool Takes(Tensor input, Tensor change) => IsHere(input) && IsHere(change);

    /// <param name="input">(batch, n).</param>
    /// <param name="slope">(n, size).</param>
    /// <param name="shift">(n, size).</param>
    /// <param name="change">(n, bins, size).</param>
    /// <param name="bins">Of the numbers.</param>
    public static Tensor Of(Tensor input, Tensor slope, Tensor shift, Tensor change, PiecewiseBins bins)
    {
        if (is_grad_enabled())
            return apply(input, slope, shift, change, bins);
        return Embed(input, slope, shift, change, bins, places: null);
    }

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (input, slope, shift, change, bins) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2], (Tensor)vars[3], (PiecewiseBins)vars[4]);
        var places = new Place[input.numel()];
        ctx.save_for_backward([input, slope, shift, change]);
        ctx.save_data(BinsName, bins);
        ctx.save_data(PlacesName, places);
        return Embed(input, slope, shift, change, bins, places);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = ctx.get_saved_variables();
        var (input, slope, shift, change) = (saved[0].contiguous(), saved[1].contiguous(), saved[2], saved[3].contiguous());
        var (bins, places) = ((PiecewiseBins)ctx.get_data(BinsName), (Place[])ctx.get_data(PlacesName));
        var given = grad_output.contiguous();
        var (ofInput, ofSlope) = (saved[0].requires_grad ? FloatTensors.Empty(input.shape) : null, FloatTensors.Zeros(slope.shape));
        var (ofShift, ofChange) = (FloatTensors.Zeros(shift.shape), FloatTensors.Zeros(change.shape));
        var (rows, numbers, size) = ((int)input.shape[0], (int)input.shape[1], (int)slope.shape[1]);
        var (x, w, v, g) = (new Floats(input), new Floats(slope), new Floats(change), new Floats(given));
        var (dx, dw, db, dv) = (new Floats(ofInput), new Floats(ofSlope), new Floats(ofShift), new Floats(ofChange));
        RangeWork.Run(numbers, NumbersOf(rows), (start, length) =>
        {
            var sums = new float[2 * bins.Count * size];
            for (var number = start; number < start + length; number++)
            {
                var behind = sums.AsSpan(0, bins.Count * size);
                var within = sums.AsSpan(bins.Count * size);
                var weights = v.At(number, bins.Count * size);
                var slopes = w.At(number, size);
                sums.AsSpan().Clear();
                for (var row = 0; row < rows; row++)
                {
                    var at = row * numbers + number;
                    var (bin, share, factor) = places[at];
                    var gradient = g.At(at, size);
                    AddProduct(behind.Slice(bin * size, size), gradient, 1);
                    AddProduct(within.Slice(bin * size, size), gradient, share);
                    AddProduct(dw.At(number, size), gradient, x[at]);
                    if (ofInput is not null)
                        dx[at] = Dot(gradient, slopes) + factor * Dot(gradient, weights.Slice(bin * size, size));
                }

                var total = db.At(number, size);
                var changes = dv.At(number, bins.Count * size);
                for (var bin = bins.Count - 1; bin >= 0; bin--)
                {
                    total.CopyTo(changes[(bin * size)..]);
                    AddProduct(changes.Slice(bin * size, size), within.Slice(bin * size, size), 1);
                    AddProduct(total, behind.Slice(bin * size, size), 1);
                }
            }
        });
        GC.KeepAlive(given);
        GC.KeepAlive(saved);
        return [ofInput!, For(saved[1], ofSlope), For(saved[2], ofShift), For(saved[3], ofChange), null!];

        static Tensor For(Tensor variable, Tensor gradient) => variable.requires_grad ? gradient : null!;
    }

    private static Tensor Embed(Tensor input, Tensor slope, Tensor shift, Tensor change, PiecewiseBins bins, Place[]? places)
    {
        Tensor[] operands = [input.contiguous(), slope.contiguous(), shift.contiguous(), change.contiguous()];
        var (rows, numbers, size) = ((int)input.shape[0], (int)input.shape[1], (int)slope.shape[1]);
        var output = FloatTensors.Empty(rows, (long)numbers * size);
        var (x, w, b, v, y) = (new Floats(operands[0]), new Floats(operands[1]), new Floats(operands[2]), new Floats(operands[3]), new Floats(output));
        RangeWork.Run(numbers, NumbersOf(rows), (start, length) =>
        {
            var before = new float[bins.Count * size];
            for (var number = start; number < start + length; number++)
            {
                var weights = v.At(number, bins.Count * size);
                var slopes = w.At(number, size);
                SumUp(b.At(number, size), weights, before);
                for (var row = 0; row < rows; row++)
                {
                    var at = row * numbers + number;
                    var value = x[at];
                    var (bin, share) = bins.Find(number, value, out var factor);
                    if (places is not null)
                        places[at] = new Place(bin, share, factor);
                    Add(before.AsSpan(bin * size, size), weights.Slice(bin * size, size), share, slopes, value, y.At(at, size));
                }
            }
        });
        GC.KeepAlive(operands);
        return output;
    }

    /// <summary>For each bin the shift and the weights of all bins before it.</summary>
    internal static void SumUp(ReadOnlySpan<float> shift, ReadOnlySpan<float> weights, Span<float> before)
    {
        shift.CopyTo(before);
        for (var i = shift.Length; i < before.Length; i++)
            before[i] = before[i - shift.Length] + weights[i - shift.Length];
    }

    /// <summary><c>before + share * weights + value * slopes</c>.</summary>
    internal static void Add(
        ReadOnlySpan<float> before, ReadOnlySpan<float> weights, float share, ReadOnlySpan<float> slopes, float value, Span<float> result)
    {
        var b = Vectors(before);
        var v = Vectors(weights);
        var w = Vectors(slopes);
        var r = MemoryMarshal.Cast<float, Vector<float>>(result);
        for (var i = 0; i < r.Length; i++)
            r[i] = b[i] + share * v[i] + value * w[i];
        for (var i = r.Length * Vector<float>.Count; i < result.Length; i++)
            result[i] = before[i] + share * weights[i] + value * slopes[i];
    }

    /// <summary>Adds the factor times the values.</summary>
    internal static void AddProduct(Span<float> sum, ReadOnlySpan<float> values, float factor)
    {
        var s = MemoryMarshal.Cast<float, Vector<float>>(sum);
        var v = Vectors(values);
        for (var i = 0; i < s.Length; i++)
            s[i] += factor * v[i];
        for (var i = s.Length * Vector<float>.Count; i < sum.Length; i++)
            sum[i] += factor * values[i];
    }

    private static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right) => System.Numerics.Tensors.TensorPrimitives.Dot(left, right);

    private static ReadOnlySpan<Vector<float>> Vectors(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, Vector<float>>(values);

    private static int NumbersOf(int rows) => Math.Max(1, LeastWork / Math.Max(1, rows));

    private static bool IsHere(Tensor tensor) => tensor.device_type == DeviceType.CPU && tensor.dtype == ScalarType.Float32;

    /// <summary>Where a value lies.</summary>
    private readonly record struct Place(int Bin, float Share, float Slope);

    // libtorch's memory does not move; spans cannot go to other threads.
    private readonly struct Floats
    {
        private readonly float* _start;

        public Floats(Tensor? tensor)
        {
            if (tensor is null)
                return;
            fixed (float* start = MemoryMarshal.Cast<byte, float>(tensor.bytes))
                _start = start;
        }

        public ref float this[int place] => ref _start[place];

        public Span<float> At(int place, int size) => new(_start + (nint)place * size, size);
    }
}
