using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests;

/// <summary>The small trainers and rows that the tests of refusals misuse.</summary>
internal static class RefusedTraining
{
    public static MLContext Ml { get; } = new(seed: 1);

    public static NeuralNetworkOptions Quick { get; } = new()
    {
        Architecture = NetworkArchitecture.Mlp(4),
        Recipe = RegularizationRecipe.None,
        MaxEpochs = 1,
    };

    public static NeuralNetworkOptions Flags => Quick with { LabelColumnName = "Flag" };

    public static NeuralNetworkOptions Targets => Quick with { LabelColumnName = "Target" };

    public static NeuralNetworkMulticlassTrainer Trainer(NeuralNetworkOptions options) => Ml.MulticlassClassification.Trainers.NeuralNetwork(options);

    public static NeuralNetworkMulticlassTrainer TrainerWith(Func<RegularizationRecipe, RegularizationRecipe> change) =>
        Trainer(Quick with { Recipe = change(RegularizationRecipe.None) });

    public static ITransformer Fit(NeuralNetworkOptions options, List<Example>? rows = null) => Trainer(options).Fit(View(rows ?? Example.Clusters(30)));

    public static ITransformer FitBinary(NeuralNetworkOptions options, List<Example>? rows = null) =>
        Ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(View(rows ?? Example.Clusters(30)));

    public static ITransformer FitRegression(NeuralNetworkOptions options, List<Example>? rows = null) =>
        Ml.Regression.Trainers.NeuralNetwork(options).Fit(View(rows ?? Example.Clusters(30)));

    public static IDataView View(List<Example> rows) => Ml.Data.LoadFromEnumerable(rows);

    public static List<Example> Changed(Action<Example> change)
    {
        var rows = Example.Clusters(30);
        rows.ForEach(change);
        return rows;
    }

    public static IDataView UnknownLength() => Ml.Data.LoadFromEnumerable(new[] { new Ragged { Features = [1, 2], Label = 1 } });

    public static IDataView OtherLength() => Ml.Data.LoadFromEnumerable(Enumerable.Range(0, 9).Select(i => new Short { Features = [i, 2], Label = (uint)i % 3 }));

    private sealed class Ragged
    {
        public float[] Features { get; set; } = [];

        [KeyType(3)]
        public uint Label { get; set; }
    }

    private sealed class Short
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        [KeyType(3)]
        public uint Label { get; set; }
    }
}
