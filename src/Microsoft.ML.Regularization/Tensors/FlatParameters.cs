using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>
/// All parameters of a network that learn in one flat tensor, and their gradients in another: the network's own tensors are views of the first, and
/// backward accumulates into views of the second. Optimizer, clipping and norms are then single passes over flat memory, by managed kernels
/// over spans on the CPU and by a few torch calls elsewhere.
/// </summary>
/// <remarks>
/// Matrices, which weight decay and penalties shrink, come first; biases and normalization parameters follow, then what else is learned, by its
/// <see cref="DecayFactor"/>. So what is decayed alike, and learns at the same rate, lies together: see <see cref="Decays"/>. Parameters without gradient stay where
/// they are.
/// </remarks>
internal sealed class FlatParameters : IDisposable
{
    // Each parameter starts on a cache line; the gaps hold zeros and stay zero.
    private const int Alignment = 16;

    private const int Range = 131072;

    /// <param name="network">Its parameters are moved into the flat tensor, on the device they are on.</param>
    /// <param name="useSpans">Null decides by the device; false takes the torch calls on the CPU too.</param>
    /// <param name="penalizesBiases">See <see cref="RegularizationRecipe.PenalizeBiases"/>.</param>
    /// <param name="letsSlotsWait">
    /// Whether the network's <see cref="INetworkTensors.SlotMatrices"/> stay where they are, outside of the flat tensors, so that slots wait that no row uses; see
    /// <see cref="WaitingSlots"/>.
    /// </param>
    /// <param name="rateOf">The learning rate of a parameter as a part of the step's, by its name; null for the same one for all.</param>
    /// <param name="firstEpochOf">The epoch from which on a parameter learns, by its name; null for all from the first.</param>
    public FlatParameters(
        INetworkTensors network, bool? useSpans = null, bool penalizesBiases = false, bool letsSlotsWait = false, Func<string, double>? rateOf = null,
        Func<string, int>? firstEpochOf = null)
    {
        using var scope = NewDisposeScope();
        var parameters = network.named_parameters().Where(named => named.parameter.requires_grad).ToList();
        var device = parameters[0].parameter.device;
        UsesSpans = useSpans ?? device.type == DeviceType.CPU;
        var factors = network.DecayFactors.ToDictionary(decay => decay.Weight.Handle, decay => decay.Factor);
        var scales = network.WeightScales.ToDictionary(scale => scale.Weight.Handle, scale => scale.Factor);
        var bySlot = network.SlotMatrices.ToDictionary(matrix => matrix.Weight.Handle);
        if (letsSlotsWait && UsesSpans)
        {
            Waiting = [.. parameters.Where(IsOfSlots).Select(named => (named.name, bySlot[named.parameter.Handle]))];
            parameters.RemoveAll(IsOfSlots);
            Count = DecayedCount = Waiting.Sum(waiting => waiting.Matrix.Weight.numel());
        }

        var ordered = parameters.OrderBy(named => IsMatrix(named) ? 0 : IsBiasOrNormalization(named) ? 1 : 2).ThenBy(FactorOf).ThenBy(RateOf).ThenBy(FirstEpochOf).ToList();
        var offsets = new List<long>();
        var matrices = new List<MatrixRange>();
        var decays = new List<DecayRange>();
        var length = 0L;
        foreach (var named in ordered)
        {
            var count = named.parameter.numel();
            offsets.Add(length);
            if (IsMatrix(named))
                matrices.Add(new MatrixRange(named.name, length, count, count / named.parameter.shape[0], IsBySlot(named)) { Scale = scales.GetValueOrDefault(named.parameter.Handle, 1) });
            length += (count + Alignment - 1) / Alignment * Alignment;
            Count += count;
            DecayedCount += FactorOf(named) > 0 ? count : 0;
            if (IsPenalized(named))
                DecayedLength = length;
            Extend(decays, new DecayRange(offsets[^1], length - offsets[^1], FactorOf(named), IsPenalized(named)) { Rate = RateOf(named), FirstEpoch = FirstEpochOf(named) });
        }

        Matrices = matrices;
        Decays = decays;
        Weights = zeros(length, dtype: ScalarType.Float32, device: device).DetachFromDisposeScope();
        Gradients = zeros_like(Weights).DetachFromDisposeScope();
        using var noGradients = no_grad();
        foreach (var (named, offset) in ordered.Zip(offsets))
        {
            var parameter = named.parameter;
            var weights = View(Weights);
            weights.copy_(parameter);
            parameter.set_(weights);
            parameter.grad = View(Gradients);

            Tensor View(Tensor flat)
            {
                var own = flat.narrow(0, offset, parameter.numel());
                return IsBySlot(named) ? own.view(parameter.shape[1], parameter.shape[0]).t() : own.view(parameter.shape);
            }
        }

        bool IsOfSlots((string name, Parameter parameter) named) =>
            bySlot.ContainsKey(named.parameter.Handle) && !factors.ContainsKey(named.parameter.Handle);

        bool IsPenalized((string name, Parameter parameter) named) => IsMatrix(named) || (penalizesBiases && IsBiasOrNormalization(named));

        double FactorOf((string name, Parameter parameter) named) =>
            factors.TryGetValue(named.parameter.Handle, out var factor) ? factor : IsPenalized(named) ? 1 : 0;

        double RateOf((string name, Parameter parameter) named) => rateOf?.Invoke(named.name) ?? 1;

        int FirstEpochOf((string name, Parameter parameter) named) => firstEpochOf?.Invoke(named.name) ?? 1;

        bool IsBySlot((string name, Parameter parameter) named) =>
            bySlot.TryGetValue(named.parameter.Handle, out var matrix) && matrix.IsTransposed;
    }

    /// <summary>The matrices, by name, whose slots wait until a row uses them; all of them are decayed.</summary>
    public IReadOnlyList<(string Name, SlotMatrix Matrix)> Waiting { get; } = [];

    /// <summary>All other weights, float32, 1-d.</summary>
    public Tensor Weights { get; }

    /// <summary>Their gradients, in the same places.</summary>
    public Tensor Gradients { get; }

    /// <summary>Elements from the start that the penalties on weights apply to.</summary>
    public long DecayedLength { get; }

    /// <summary>The flat tensors from start to end, in stretches that are decayed and penalized alike.</summary>
    public IReadOnlyList<DecayRange> Decays { get; }

    /// <summary>The matrices one by one; what has more than two dimensions counts as rows of its first one.</summary>
    public IReadOnlyList<MatrixRange> Matrices { get; }

    /// <summary>Trained numbers, without the gaps.</summary>
    public long Count { get; }

    /// <summary>Of these, how many are decayed.</summary>
    public long DecayedCount { get; }

    /// <summary>Whether managed kernels reach the memory.</summary>
    public bool UsesSpans { get; }

    public Span<float> WeightSpan => SpanOf(Weights);

    public Span<float> GradientSpan => SpanOf(Gradients);

    public static Span<float> SpanOf(Tensor flat) => MemoryMarshal.Cast<byte, float>(flat.bytes);

    /// <summary>The share of the matrices' weights that are exactly 0.</summary>
    public double ZeroShare()
    {
        var count = Matrices.Sum(matrix => matrix.Length) + Waiting.Sum(waiting => waiting.Matrix.Weights.Length);
        if (count == 0)
            return 0;

        using var scope = NewDisposeScope();
        var nonZero = Waiting.Sum(waiting => waiting.Matrix.Weights.Length - ZeroCount.Of(waiting.Matrix.Weights));
        foreach (var matrix in Matrices)
        {
            nonZero += UsesSpans
                ? matrix.Length - ZeroCount.Of(matrix.In(WeightSpan))
                : count_nonzero(matrix.In(Weights)).item<long>();
        }

        return 1 - (double)nonZero / count;
    }

    public void ClearGradients()
    {
        foreach (var (_, matrix) in Waiting)
            matrix.Forget();
        if (UsesSpans)
            RangeWork.Run((int)Gradients.numel(), Range, (start, length) => GradientSpan.Slice(start, length).Clear());
        else
            Gradients.zero_();
    }

    public void Dispose()
    {
        Weights.Dispose();
        Gradients.Dispose();
    }

    private static void Extend(List<DecayRange> decays, DecayRange next)
    {
        if (decays.Count > 0 && decays[^1] with { Start = next.Start, Length = next.Length } == next)
            decays[^1] = decays[^1] with { Length = decays[^1].Length + next.Length };
        else
            decays.Add(next);
    }

    // Noise that is learned lies in matrices too, under names of its own.
    private static bool IsMatrix((string name, Parameter parameter) named) =>
        named.parameter.dim() >= 2 && named.name.EndsWith("weight", StringComparison.Ordinal);

    private static bool IsBiasOrNormalization((string name, Parameter parameter) named) =>
        !IsMatrix(named) && (named.name.EndsWith("bias", StringComparison.Ordinal) || named.name.EndsWith("weight", StringComparison.Ordinal));
}
