using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>The average of a network's weights: see <see cref="WeightAveraging"/>.</summary>
internal abstract class WeightAverage(FlatParameters parameters, IStatisticsRefresh refresh) : IAfterStep, IDisposable, ICheckpointed
{
    private readonly Tensor _average = zeros_like(parameters.Weights).DetachFromDisposeScope();
    private int _lastEpoch;

    /// <summary>Weights taken in so far; the network keeps its own until there are any.</summary>
    protected long Updates { get; private set; }

    /// <summary>Called after each step.</summary>
    public virtual void AfterStep()
    {
    }

    /// <summary>Called after the last step of each epoch.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="timeShare">The share of the time limit that is used; 0 without one.</param>
    public void AfterEpoch(int epoch, double timeShare = 0)
    {
        // A run that was interrupted during validation reaches this line twice.
        if (epoch == _lastEpoch)
            return;
        _lastEpoch = epoch;
        EndEpoch(epoch, timeShare);
    }

    /// <summary>
    /// Gives the network the average, and running statistics that go with it, until disposed; its own come back then. Before the first update nothing
    /// happens.
    /// </summary>
    public Exchange Use() => Updates == 0 ? default : new Exchange(this);

    public virtual void Checkpoint(CheckpointState state)
    {
        Updates = state.Value("updates", Updates);
        _lastEpoch = state.Value("lastEpoch", _lastEpoch);
        state.Elements("average", _average);
    }

    public void Dispose() => _average.Dispose();

    /// <summary>Called once behind the last step of each epoch, in a resumed run too.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="timeShare">The share of the time limit that is used; 0 without one.</param>
    protected virtual void EndEpoch(int epoch, double timeShare)
    {
    }

    /// <summary>Takes in the weights as they are: <c>average = decay * average + (1 - decay) * weights</c>.</summary>
    protected void TakeIn(double decay)
    {
        Updates++;
        if (parameters.UsesSpans)
        {
            Update(FlatParameters.SpanOf(_average), parameters.WeightSpan, decay);
            return;
        }

        using var _ = no_grad();
        Update(_average, parameters.Weights, decay);
    }

    internal static void Update(Span<float> average, ReadOnlySpan<float> weights, double decay) =>
        TensorPrimitives.Lerp(weights, average, (float)decay, average);

    internal static void Update(Tensor average, Tensor weights, double decay) => average.Multiply(decay).Add(weights, 1 - decay);

    private void Swap()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var weights = parameters.Weights.clone();
        parameters.Weights.copy_(_average);
        _average.copy_(weights);
    }

    internal readonly struct Exchange : IDisposable
    {
        private readonly WeightAverage? _owner;
        private readonly IDisposable? _statistics;

        public Exchange(WeightAverage owner)
        {
            _owner = owner;
            owner.Swap();
            try
            {
                _statistics = owner.Refresh();
            }
            catch
            {
                owner.Swap();
                throw;
            }
        }

        public void Dispose()
        {
            if (_owner is null)
                return;

            _owner.Swap();
            _statistics?.Dispose();
        }
    }

    private IDisposable Refresh() => refresh.Run();
}
