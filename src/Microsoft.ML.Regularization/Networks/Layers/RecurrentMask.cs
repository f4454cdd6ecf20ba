namespace Microsoft.ML.Regularization;

/// <summary>Masks a recurrent matrix, alike for all rows of a batch and all steps of its sequences: see <see cref="RecurrentArchitecture"/>.</summary>
internal sealed class RecurrentMask(DropConnect options, RandomKey key, TrainingClock clock) : IDisposable
{
    private readonly NoiseBuffer _masks = new();

    public Tensor Apply(Tensor weight) =>
        weight * _masks.Draw(weight.shape, weight.device, noise => BernoulliMask.Fill(noise, key, clock.Step, 1 - options.DropProbability));

    public void Dispose() => _masks.Dispose();
}
