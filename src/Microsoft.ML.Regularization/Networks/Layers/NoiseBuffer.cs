using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Memory that a layer's noise is written into and that every step reuses: libtorch draws from one serial generator, which costs more than the
/// network on small layers. Backward reads what forward drew, so the noise of a step must always be the same.
/// </summary>
internal sealed class NoiseBuffer : IDisposable
{
    private Tensor? _memory;

    public delegate void Fill(Span<float> noise);

    /// <summary>Fills a tensor of the given shape, which is on the given device.</summary>
    public Tensor Draw(long[] shape, Device device, Fill fill)
    {
        var count = 1L;
        foreach (var dimension in shape)
            count *= dimension;
        if (_memory is null || _memory.numel() < count)
        {
            _memory?.Dispose();
            _memory = FloatTensors.Empty(count).DetachFromDisposeScope();
        }

        var flat = _memory.narrow(0, 0, count);
        fill(MemoryMarshal.Cast<byte, float>(flat.bytes));
        return flat.view(shape).to(device);
    }

    public void Dispose() => _memory?.Dispose();
}
