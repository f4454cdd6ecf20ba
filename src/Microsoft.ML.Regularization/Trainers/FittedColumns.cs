using System.Runtime.CompilerServices;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>The columns that a network was fitted on. Its model file has no more of them than scoring needs; who trains it further in the same process can ask for the rest.</summary>
internal sealed record FittedColumns
{
    private static readonly ConditionalWeakTable<TrainedNetwork, FittedColumns> Known = [];

    public required string LabelColumnName { get; init; }

    public string? FeatureColumnName { get; init; }

    public string? ExampleWeightColumnName { get; init; }

    public string? SamplingKeyColumnName { get; init; }

    public required ValueList<string> CategoricalColumnNames { get; init; }

    public required bool AllKeysAreCategories { get; init; }

    public ImageShape? ImageShape { get; init; }

    /// <summary>Those of a network; null for one that was loaded.</summary>
    public static FittedColumns? Of(TrainedNetwork network) => Known.TryGetValue(network, out var columns) ? columns : null;

    public static void Keep(TrainedNetwork network, NeuralNetworkOptions options) => Known.Add(network, new FittedColumns
    {
        LabelColumnName = options.LabelColumnName,
        FeatureColumnName = options.FeatureColumnName,
        ExampleWeightColumnName = options.ExampleWeightColumnName,
        SamplingKeyColumnName = options.SamplingKeyColumnName,
        CategoricalColumnNames = options.CategoricalColumnNames,
        AllKeysAreCategories = options.AllKeysAreCategories,
        ImageShape = options.ImageShape,
    });

    /// <summary>Options that read these columns as a network did that was trained on them, with its loss and its weights of classes.</summary>
    public NeuralNetworkOptions OptionsFor(TrainedNetwork network) => new()
    {
        LabelColumnName = LabelColumnName,
        FeatureColumnName = FeatureColumnName,
        ExampleWeightColumnName = ExampleWeightColumnName,
        SamplingKeyColumnName = SamplingKeyColumnName,
        CategoricalColumnNames = CategoricalColumnNames,
        AllKeysAreCategories = AllKeysAreCategories,
        ImageShape = ImageShape,
        Architecture = network.Architecture,
        Recipe = network.Recipe,
        Loss = network.Training.Loss,
        ClassWeights = network.Training.ClassWeights,
        MissingValues = network.Training.MissingValues,
    };
}
