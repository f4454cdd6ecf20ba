using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Inverted dropout (see <see cref="StandardDropout"/>) with masks from the keyed generator, written into one tensor that every step reuses:
/// libtorch draws its masks from one serial generator, which costs more than the network on small layers. Within a step the mask is always the
/// same, so that a second forward pass may come before the backward pass of the first.
/// </summary>
internal sealed class DropoutLayer(StandardDropout options, RandomKey key, TrainingClock clock) : nn.Module<Tensor, Tensor>(nameof(DropoutLayer))
{
    private Tensor? _mask;

    public override Tensor forward(Tensor input)
    {
        if (!training || options.DropProbability == 0)
            return input.alias();

        var count = input.numel();
        if (_mask is null || _mask.numel() < count)
        {
            _mask?.Dispose();
            _mask = FloatTensors.Empty(count).DetachFromDisposeScope();
        }

        using var flat = _mask.narrow(0, 0, count);
        BernoulliMask.Fill(MemoryMarshal.Cast<byte, float>(flat.bytes), key, clock.Step, 1 - options.DropProbability);
        return input * flat.view(input.shape).to(input.device);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _mask?.Dispose();
        base.Dispose(disposing);
    }
}
