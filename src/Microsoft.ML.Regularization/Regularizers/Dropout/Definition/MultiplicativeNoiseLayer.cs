using Microsoft.ML.Regularization.Randomness;
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
    /// <summary>A part of the noise may start at a multiple of this many elements.</summary>
    public const int PartStart = GaussianNoise.PartStart;

    private readonly NoiseBuffer _noise = new();

    /// <summary>Tells the step, and the share of the rate that it draws with.</summary>
    protected TrainingClock Clock => clock;

    /// <summary>Whether each number is multiplied by one of its own.</summary>
    public bool HasOwnFactors => shared.Length == 0;

    /// <summary>Whether that is all it does.</summary>
    public virtual bool HasPlainFactors => HasOwnFactors;

    /// <summary>What is subtracted from numbers before they are multiplied, and what is added behind that.</summary>
    public virtual (float Before, float Behind) Offsets => default;

    public override Tensor forward(Tensor input) => training ? Apply(input, Draw(input.shape, input.device)) : input.alias();

    /// <summary>The noise of the step, of the shape of what it changes but for shared dimensions.</summary>
    public Tensor Draw(long[] shape, Device device)
    {
        shape = [.. shape];
        foreach (var dimension in shared)
            shape[dimension] = 1;
        return _noise.Draw(shape, device, noise => Fill(noise, first: 0, clock.Step));
    }

    /// <summary>Writes the noise of the step, where it is not shared.</summary>
    /// <param name="noise">Receives a part of it.</param>
    /// <param name="first">Its first element that is written: a multiple of <see cref="PartStart"/>.</param>
    public void Draw(Span<float> noise, int first) => Fill(noise, first, clock.Step);

    /// <summary>Writes a part of the noise of a step; an element does not depend on what else is written.</summary>
    /// <param name="noise">Receives it.</param>
    /// <param name="first">The first element that is written: a multiple of <see cref="PartStart"/>.</param>
    /// <param name="step">The step.</param>
    protected abstract void Fill(Span<float> noise, int first, ulong step);

    protected virtual Tensor Apply(Tensor input, Tensor noise) => input * noise;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _noise.Dispose();
        base.Dispose(disposing);
    }
}
