using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>
/// Masks weights that all rows of a batch share: the kernels of a convolution in all places, a recurrent matrix in all steps. See <see cref="DropConnect"/>.
/// </summary>
internal sealed class WeightMask(double dropProbability, RandomKey key, TrainingClock clock) : IDisposable
{
    private readonly NoiseBuffer _masks = new();

    public Tensor Apply(Tensor weights) =>
        weights * _masks.Draw(weights.shape, weights.device, noise => BernoulliMask.Fill(noise, key, clock.Step, 1 - dropProbability * clock.DropoutFactor));

    public void Dispose() => _masks.Dispose();
}
