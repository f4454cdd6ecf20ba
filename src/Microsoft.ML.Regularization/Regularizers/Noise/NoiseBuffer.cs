using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>
/// Memory that a layer's noise is written into and that every step reuses: libtorch draws from one serial generator, which costs more than the
/// network on small layers. Backward reads what forward drew, so the noise of a step must always be the same.
/// </summary>
internal sealed class NoiseBuffer : IDisposable
{
    private Tensor? _memory;
    private Tensor? _view;
    private long[] _shape = [];

    public delegate void Fill(Span<float> noise);

    /// <summary>Fills a tensor of the given shape, which is on the given device and the buffer's own until it is drawn again.</summary>
    public Tensor Draw(long[] shape, Device device, Fill fill)
    {
        if (_view is null || !shape.AsSpan().SequenceEqual(_shape))
            _view = View(shape);
        fill(MemoryMarshal.Cast<byte, float>(_view.bytes));
        return device.type == DeviceType.CPU ? _view : _view.to(device);
    }

    public void Dispose()
    {
        _view?.Dispose();
        _memory?.Dispose();
    }

    // Steps have batches of one size, but for the last.
    private Tensor View(long[] shape)
    {
        var count = 1L;
        foreach (var dimension in shape)
            count *= dimension;
        _view?.Dispose();
        if (_memory is null || _memory.numel() < count)
        {
            _memory?.Dispose();
            _memory = FloatTensors.Empty(count).DetachFromDisposeScope();
        }

        using var flat = _memory.narrow(0, 0, count);
        _shape = [.. shape];
        return flat.view(shape).DetachFromDisposeScope();
    }
}
