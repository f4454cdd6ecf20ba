namespace Microsoft.ML.Regularization;

/// <summary>The weights of the best epoch of a run so far.</summary>
internal sealed class BestWeights : ICheckpointed
{
    private double _loss = double.PositiveInfinity;

    /// <summary>Null before any epoch is complete.</summary>
    public NetworkWeights? Weights { get; private set; }

    /// <summary>From 1; 0 before any is complete.</summary>
    public int Epoch { get; private set; }

    /// <summary>Takes in a validation loss; true where it is the least so far.</summary>
    public bool IsLeast(double loss)
    {
        var isLeast = loss < _loss;
        _loss = Math.Min(loss, _loss);
        return isLeast;
    }

    public void Take(int epoch, NetworkWeights weights) => (Epoch, Weights) = (epoch, weights);

    public void Checkpoint(CheckpointState state)
    {
        _loss = state.Value("loss", _loss);
        Epoch = state.Value("epoch", Epoch);
        Weights = state.Weights("weights", Weights);
    }
}
