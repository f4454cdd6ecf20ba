using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>The weights of the best epoch of a run so far.</summary>
/// <param name="decision">Decides which epoch is the best; null where it is decided elsewhere, for several runs together.</param>
/// <param name="hasEarlyStopping">Whether early stopping decides, so that the model gets these weights however the run ends.</param>
internal sealed class BestWeights(EpochChoice? decision, bool hasEarlyStopping) : ICheckpointed
{
    // Memory that others read is not written into again.
    private bool _isShared;

    /// <summary>Those of a run on these rows.</summary>
    public static BestWeights Of(IChannel channel, ITrainingData data, TrainingSettings settings) =>
        new(settings.Place is null ? new EpochChoice(channel, settings, data) : null, settings.Recipe.EarlyStopping is not null);

    /// <summary>Null before any epoch is complete.</summary>
    public NetworkWeights? Weights { get; private set; }

    /// <summary>What was learned of the validation rows in the best epoch; null for nothing.</summary>
    public LearnedCalibration? Calibration { get; private set; }

    /// <summary>From 1; 0 before any is complete.</summary>
    public int Epoch { get; private set; }

    /// <summary>Whether early stopping decides, so that the model gets these weights however the run ends.</summary>
    public bool HasEarlyStopping => hasEarlyStopping;

    public bool IsPatienceExhausted => decision is { IsPatienceExhausted: true };

    /// <summary>Copies the weights of the epoch where it is the best so far.</summary>
    /// <param name="report">The epoch's metrics.</param>
    /// <param name="losses">The losses of the validation rows.</param>
    /// <param name="network">Has the weights that were measured.</param>
    /// <param name="calibration">What the validation rows say of their probabilities.</param>
    public void Observe(EpochReport report, RowLosses losses, Network network, LearnedCalibration? calibration)
    {
        if (decision?.Observe(report, losses) == true)
            Keep(report.Epoch, network, calibration);
    }

    /// <summary>Copies the weights of an epoch, which is the best so far.</summary>
    /// <param name="epoch">Its number, from 1.</param>
    /// <param name="network">Has the weights that were measured.</param>
    /// <param name="calibration">What the validation rows say of their probabilities.</param>
    public void Keep(int epoch, Network network, LearnedCalibration? calibration)
    {
        (Epoch, Weights, Calibration) = (epoch, NetworkWeights.CopyOf(network, outdated: _isShared ? null : Weights), calibration);
        _isShared = false;
    }

    /// <summary>Takes in weights of an epoch that others hold too, which is the best so far.</summary>
    /// <param name="epoch">Its number, from 1.</param>
    /// <param name="weights">A copy of the network's weights, which must stay as it is.</param>
    public void Share(int epoch, NetworkWeights weights) => (Epoch, Weights, Calibration, _isShared) = (epoch, weights, null, true);

    public void Checkpoint(CheckpointState state)
    {
        Epoch = state.Value("epoch", Epoch);
        Weights = state.Weights("weights", Weights);
        Calibration = state.Value("calibration", Calibration);
        state.Part("decision", decision);
    }
}
