using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Tensors;
using TorchSharp;

namespace Microsoft.ML.Regularization.Training;

/// <summary>The settings of one training run, checked by the trainer.</summary>
internal sealed record TrainingSettings
{
    public required NetworkArchitecture Architecture { get; init; }

    public required RegularizationRecipe Recipe { get; init; }

    /// <summary>The input of the network; null for plain numbers.</summary>
    public InputLayout? Input { get; init; }

    /// <summary>The values that keys stand for, for its checkpoint.</summary>
    public NetworkKeys? Keys { get; init; }

    /// <summary>Null takes the task's own.</summary>
    public LossFunction? Loss { get; init; }

    public ClassWeights? ClassWeights { get; init; }

    public InputScaling InputScaling { get; init; }

    /// <summary>How a classifier's probabilities are calibrated; null for not at all.</summary>
    public Calibration? Calibration { get; init; }

    /// <summary>The result of an earlier run to continue from.</summary>
    public TrainingOutcome? Previous { get; init; }

    /// <summary>What a new network starts from instead of random weights; null for these.</summary>
    public StartingPoint? Start { get; init; }

    /// <summary>What another run on the same rows has learned of them; null to learn it.</summary>
    public LearnedScales? Scales { get; init; }

    /// <summary>The flags among the numbers of the columns, see <see cref="InputLayout.Flags"/>, where more rows than the run's tell them; null to learn them of the run's.</summary>
    public IReadOnlyList<int>? Flags { get; init; }

    /// <summary>Whether sparse rows are multiplied as such where that is possible; else they are made dense, which gives the same.</summary>
    public bool MultipliesSparseRows { get; init; } = true;

    public required int MaxEpochs { get; init; }

    /// <summary>Retraining for this many epochs of <see cref="MaxEpochs"/>, which schedules still refer to; null for an ordinary run.</summary>
    public int? RetrainingEpochs { get; init; }

    public required int BatchSize { get; init; }

    /// <summary>See <see cref="NeuralNetworkOptions.DropsLastBatch"/>.</summary>
    public bool DropsLastBatch { get; init; }

    /// <summary>Whether the predictions of a regression stay within the targets of the training rows.</summary>
    public bool ClampsPredictions { get; init; }

    public Optimizer Optimizer { get; init; } = Optimizer.Adam();

    public required double LearningRate { get; init; }

    public required LearningRateSchedule Schedule { get; init; }

    public required RandomKey Key { get; init; }

    public required torch.Device Device { get; init; }

    /// <summary>The gradient norm at which training ends as converged: see <see cref="StopReason.Converged"/>.</summary>
    public double? GradientTolerance { get; init; }

    public IProgress<EpochReport>? Progress { get; init; }

    /// <summary>The share of <see cref="MaxEpochs"/> after which the run is interrupted, to go on another time, unless it has ended by then; null for never.</summary>
    public double? PauseShare { get; init; }

    /// <summary>The run's place among several that are trained together; null for a run of its own.</summary>
    public MemberPlace? Place { get; init; }

    /// <summary>Whether the network learns from what others predict: see <see cref="NeuralNetworkOptions.DistillInto"/>.</summary>
    public bool IsStudent { get; init; }

    /// <summary>Where the run's state is kept; null for nowhere.</summary>
    public RunCheckpoint? Checkpoint { get; init; }

    /// <summary>Signals when the fit is to end.</summary>
    public FitWatch Watch { get; init; } = new();

    /// <summary>For <see cref="RetrainingEpochs"/> the pace of the run before.</summary>
    public RunPace? Pace { get; init; }

    /// <summary>See <see cref="FlatParameters"/>.</summary>
    public bool? UseSpans { get; init; }

    /// <summary>Whether the run is to be interrupted after so many epochs.</summary>
    public bool PausesAfter(int epochs) => PauseShare is { } share && RetrainingEpochs is null && epochs >= EpochsOf(share, MaxEpochs);

    /// <summary>The epochs of a share of a run, rounded up; one at least.</summary>
    /// <param name="share">Above 0 and to 1.</param>
    /// <param name="epochs">Those of the whole run.</param>
    public static int EpochsOf(double share, int epochs) => (int)Math.Max(1, Math.Ceiling(share * epochs - 1e-9));
}
