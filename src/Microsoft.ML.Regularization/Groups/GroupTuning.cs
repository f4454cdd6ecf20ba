namespace Microsoft.ML.Regularization.Groups;

/// <summary>The options by which a group's network is trained further.</summary>
internal static class GroupTuning
{
    // Some networks learn at ten times this, which a few rows make noise of.
    private const double GreatestRate = 0.004;

    /// <param name="common">Those of the common network.</param>
    /// <param name="learningRate">The rate that it was trained at.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="count">How many rows the group has.</param>
    /// <param name="pull">How strongly the network is held.</param>
    public static NeuralNetworkOptions Of(NeuralNetworkOptions common, double learningRate, GroupOptions options, int count, double pull) => common with
    {
        // The pull takes the place of decay, and a schedule that of choosing an epoch.
        Recipe = common.Recipe! with { WeightDecay = 0, EarlyStopping = null, WeightAveraging = null },
        FineTuning = new FineTuning { StartingPointPenalty = pull / count },
        LearningRate = options.LearningRate ?? Math.Min(learningRate, GreatestRate),
        Schedule = LearningRateSchedule.Linear(),
        BatchSize = options.BatchSize,
        DropsLastBatch = false,
        MaxEpochs = options.MaxEpochs,
        ValidationFraction = 0,
        Calibration = Calibration.None,
        DataCaching = DataCaching.Memory,
        CancellationToken = options.CancellationToken,
    };
}
