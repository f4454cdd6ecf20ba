using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>A pack's network after one of its epochs; with folds, those of all folds.</summary>
internal sealed class PackSnapshot : ICheckpointed
{
    /// <summary>Which network, from 0.</summary>
    public int Member { get; private set; }

    /// <summary>From 1.</summary>
    public int Epoch { get; private set; }

    /// <summary>Of all validation rows.</summary>
    public float[] Predictions { get; private set; } = [];

    /// <summary>For each fold.</summary>
    public IReadOnlyList<NetworkWeights> Weights { get; private set; } = [];

    public static PackSnapshot Of(int member, int epoch, float[] predictions, IReadOnlyList<NetworkWeights> weights) =>
        new() { Member = member, Epoch = epoch, Predictions = predictions, Weights = weights };

    public void Checkpoint(CheckpointState state)
    {
        Member = state.Value("member", Member);
        Epoch = state.Value("epoch", Epoch);
        Predictions = Array.ConvertAll(state.Numbers("predictions", Array.ConvertAll(Predictions, value => (double)value)) ?? [], value => (float)value);
        var count = state.Value("networks", Weights.Count);
        Weights = [.. Enumerable.Range(0, count).Select(i => state.Weights($"weights.{i}", state.IsReading ? null : Weights[i])!)];
    }
}
