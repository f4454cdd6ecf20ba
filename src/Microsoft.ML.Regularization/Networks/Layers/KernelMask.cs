namespace Microsoft.ML.Regularization;

/// <summary>Masks the kernels of a convolution, alike for all rows and places of a batch: see <see cref="DropConnect"/>.</summary>
internal sealed class KernelMask(DropConnect options, RandomKey key, TrainingClock clock) : IDisposable
{
    private readonly NoiseBuffer _masks = new();

    public Tensor Apply(Tensor kernels) =>
        kernels * _masks.Draw(kernels.shape, kernels.device, noise => BernoulliMask.Fill(noise, key, clock.Step, 1 - options.DropProbability));

    public void Dispose() => _masks.Dispose();
}
