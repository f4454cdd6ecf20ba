using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Multiplies its input by noise of mean 1 while training, and does nothing at scoring. The noise comes from a keyed generator and is written into
/// one tensor that every step reuses: libtorch draws from one serial generator, which costs more than the network on small layers. Within a
/// step the noise is always the same, so that a second forward pass may come before the backward pass of the first.
/// </summary>
internal abstract class MultiplicativeNoiseLayer(string name, TrainingClock clock) : nn.Module<Tensor, Tensor>(name)
{
    private Tensor? _noise;

    public override Tensor forward(Tensor input)
    {
        if (!training)
            return input.alias();

        var count = input.numel();
        if (_noise is null || _noise.numel() < count)
        {
            _noise?.Dispose();
            _noise = FloatTensors.Empty(count).DetachFromDisposeScope();
        }

        using var flat = _noise.narrow(0, 0, count);
        Fill(MemoryMarshal.Cast<byte, float>(flat.bytes), clock.Step);
        return input * flat.view(input.shape).to(input.device);
    }

    /// <summary>Writes the noise of a step; the first elements do not depend on how many there are.</summary>
    protected abstract void Fill(Span<float> noise, ulong step);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _noise?.Dispose();
        base.Dispose(disposing);
    }
}
