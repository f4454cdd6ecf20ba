namespace Microsoft.ML.Regularization.NoLibtorch.Tests;

/// <summary>What networks say that were made, not trained.</summary>
internal static class MadeNetwork
{
    public static TrainingRecord Record { get; } = new()
    {
        Loss = LossFunction.CrossEntropy,
        Optimizer = Optimizer.Adam(),
        LearningRate = 0.01,
        Schedule = LearningRateSchedule.Constant,
        BatchSize = 64,
        MaxEpochs = 1,
        InputScaling = InputScaling.None,
        MissingValues = MissingValues.Impute,
        Seed = 1,
        LibraryVersion = TrainingRecord.ThisVersion,
    };

    /// <summary>A classifier of these weights, saved and loaded.</summary>
    public static ITransformer Loaded(
        NetworkArchitecture architecture, InputLayout input, int classes, NetworkWeights weights, DataViewSchema schema, string features = "Features", string label = "Label")
    {
        var ml = new MLContext(seed: 1);
        var network = new TrainedNetwork(
            ml, LearningTask.MulticlassClassification, architecture, RegularizationRecipe.None, Record, input, classes, new TrainingOutcome(weights, History, InputScaler: null, TargetScale: null));
        using var file = new MemoryStream();
        ml.Model.Save(new NeuralNetworkMulticlassTransformer(ml, new NeuralNetworkMulticlassModelParameters(ml, network), schema, features, label), schema, file);
        file.Position = 0;
        return new MLContext().Model.Load(file, out _);
    }

    public static TrainingHistory History { get; } = new()
    {
        Epochs = [],
        StopReason = StopReason.MaxEpochs,
        ModelEpoch = 0,
        TrainingRows = 0,
        ValidationRows = 0,
        SkippedRows = 0,
    };
}
