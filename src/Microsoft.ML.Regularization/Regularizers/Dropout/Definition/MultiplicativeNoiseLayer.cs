using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>
/// Multiplies its input by noise while training, and does nothing at scoring. Within a step the noise is always the same, so that a second forward pass may
/// come before the backward pass of the first.
/// </summary>
/// <param name="name">The module's name.</param>
/// <param name="clock">Tells which step it is.</param>
/// <param name="shared">Dimensions along which the noise is the same, such as the steps of a sequence or the places of a feature map.</param>
internal abstract class MultiplicativeNoiseLayer(string name, TrainingClock clock, int[] shared) : nn.Module<Tensor, Tensor>(name)
{
    private readonly NoiseBuffer _noise = new();

    /// <summary>Tells the step, and the share of the rate that it draws with.</summary>
    protected TrainingClock Clock => clock;

    /// <summary>Whether all it does is to multiply each number by one of its own.</summary>
    public virtual bool HasPlainFactors => shared.Length == 0;

    public override Tensor forward(Tensor input) => training ? Apply(input, Draw(input.shape, input.device)) : input.alias();

    /// <summary>The noise of the step, of the shape of what it changes but for shared dimensions.</summary>
    public Tensor Draw(long[] shape, Device device)
    {
        shape = [.. shape];
        foreach (var dimension in shared)
            shape[dimension] = 1;
        return _noise.Draw(shape, device, noise => Fill(noise, clock.Step));
    }

    /// <summary>Writes the noise of the step, where it is not shared.</summary>
    public void Draw(Span<float> noise) => Fill(noise, clock.Step);

    /// <summary>Writes the noise of a step; the first elements do not depend on how many there are.</summary>
    protected abstract void Fill(Span<float> noise, ulong step);

    protected virtual Tensor Apply(Tensor input, Tensor noise) => input * noise;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _noise.Dispose();
        base.Dispose(disposing);
    }
}
