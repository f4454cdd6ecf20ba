using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

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

    public override Tensor forward(Tensor input) =>
        training ? Apply(input, _noise.Draw(ShapeFor(input), input.device, noise => Fill(noise, clock.Step))) : input.alias();

    /// <summary>Writes the noise of a step; the first elements do not depend on how many there are.</summary>
    protected abstract void Fill(Span<float> noise, ulong step);

    protected virtual Tensor Apply(Tensor input, Tensor noise) => input * noise;

    private long[] ShapeFor(Tensor input)
    {
        var shape = input.shape;
        foreach (var dimension in shared)
            shape[dimension] = 1;
        return shape;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _noise.Dispose();
        base.Dispose(disposing);
    }
}
