using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>The gradient of a batch whose rows are mixed: see <see cref="ManifoldMixup"/>.</summary>
internal sealed class ManifoldMixupGradient(IMixedPasses passes, ManifoldMixup options, int mixableStates, RandomKey key) : ILossGradient
{
    // The least positive float of full precision.
    private const double LeastFactor = 1.17549435e-38;

    private readonly ValueList<int> _layers = options.LayersOf(mixableStates);
    private readonly RandomKey _key = key.Derive("manifold mixup");

    public double Add(TrainingBatch batch)
    {
        var mixing = LeaveOutWeightless(Draw((int)batch.RowFactors.numel(), passes.Step, batch.RowFactors.device), batch.RowFactors);
        var (targets, factors) = Mix(mixing, batch.Targets, batch.RowFactors);
        return passes.AddGradient(batch with { Targets = targets, RowFactors = factors }, mixing);
    }

    /// <summary>The mixing of a step, which depends only on the key and the step.</summary>
    internal HiddenMixing Draw(int rows, ulong step, Device device)
    {
        var random = new KeyedStream(_key, step);
        var state = _layers[(int)random.NextInt64(_layers.Count)];
        var lambda = BetaDistribution.SampleSymmetric(ref random, options.Alpha);
        var partners = new long[rows];
        for (var i = 0; i < rows; i++)
        {
            // The inside-out shuffle of Fisher and Yates.
            var j = (int)random.NextInt64(i + 1);
            partners[i] = partners[j];
            partners[j] = i;
        }

        return new HiddenMixing(state, tensor(partners, ScalarType.Int64, CPU).to(device), lambda);
    }

    /// <summary>The same, but rows that weigh nothing stay as they are, and so does a row whose partner weighs nothing.</summary>
    internal static HiddenMixing LeaveOutWeightless(HiddenMixing mixing, Tensor factors)
    {
        var weighs = factors.IsAbove(0);
        var isMixed = weighs.logical_and(weighs.index_select(0, mixing.Partners));
        var itself = tensor([.. Enumerable.Range(0, (int)factors.numel()).Select(row => (long)row)], ScalarType.Int64, CPU).to(factors.device);
        return mixing with { Partners = where(isMixed, mixing.Partners, itself) };
    }

    /// <summary>
    /// The mixed rows' targets and factors. A mean of targets by the factors' parts makes a loss that is linear in the target equal to
    /// <c>lambda L(targets, factors) + (1 - lambda) L(partners' targets, partners' factors)</c>, in one term.
    /// </summary>
    internal static (Tensor Targets, Tensor Factors) Mix(HiddenMixing mixing, Tensor targets, Tensor factors)
    {
        var mixed = mixing.Mix(factors);

        // Two rows that weigh nothing have no mean, and whatever target they get does not count.
        var masses = mixing.Mix(targets * factors.unsqueeze(1));
        return (masses / mixed.AtLeast(LeastFactor).unsqueeze(1), mixed);
    }
}
