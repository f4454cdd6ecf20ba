using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Inputs;

/// <summary>The networks for tables that the tests of missing numbers train, with short trainings of few rows.</summary>
internal static class GapNetworks
{
    public const int Rows = 90;

    public static IEnumerable<NetworkArchitecture> All =>
    [
        NetworkArchitecture.Mlp(8),
        NetworkArchitecture.ResidualMlp(8, 2) with { Normalization = Normalization.None },
        NetworkArchitecture.RealMlp() with { HiddenSizes = [8] },
    ];

    public static NeuralNetworkOptions Options(NetworkArchitecture architecture) => new()
    {
        Architecture = architecture,
        Recipe = RegularizationRecipe.None,
        MaxEpochs = 3,
        BatchSize = 16,
        LearningRate = 0.01,
    };

    public static ITransformer Fit(LearningTask task, NeuralNetworkOptions options, IDataView view) => EveryTask.Trainer(new MLContext(seed: 2), task, options).Fit(view);

    public static IDataView View(List<InputExample> rows) => new MLContext(seed: 1).Data.LoadFromEnumerable(rows);
}
