using TorchSharp;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>
/// libtorch's generator of random numbers, which the whole process shares, starts from a seed of ours until this is disposed, and then goes on where it was.
/// One holder at a time: two modules that are made at once would draw from each other's numbers.
/// </summary>
internal sealed class GlobalGenerator : IDisposable
{
    private static readonly Lock Gate = new();

    private readonly torch.Tensor _before;

    private GlobalGenerator(long seed)
    {
        Gate.Enter();
        try
        {
            _before = torch.random.get_rng_state();
            torch.random.manual_seed(seed);
        }
        catch
        {
            Gate.Exit();
            throw;
        }
    }

    public static GlobalGenerator Seed(long seed) => new(seed);

    public void Dispose()
    {
        try
        {
            torch.random.set_rng_state(_before);
            _before.Dispose();
        }
        finally
        {
            Gate.Exit();
        }
    }
}
