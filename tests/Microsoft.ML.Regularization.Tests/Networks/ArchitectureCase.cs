using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Networks;

/// <summary>A tiny network and the columns of <see cref="InputExample"/> that it reads; categories alone where there is no column of features.</summary>
internal sealed record ArchitectureCase(NetworkArchitecture Architecture, string? FeatureColumnName, params string[] CategoricalColumnNames)
{
    public const string Numbers = nameof(InputExample.Features);
    public const string Flagged = nameof(InputExample.Flagged);
    public const string Sparse = nameof(InputExample.Sparse);
    public const string Category = nameof(InputExample.Category);
    public const string Images = nameof(InputExample.Pixels);
    public const string Sequences = nameof(InputExample.Series);
    public const string Texts = nameof(InputExample.Tokens);

    public double LearningRate { get; init; } = 0.01;

    /// <summary>What messages call the architecture.</summary>
    public string Name => Architecture.GetType().Name.Replace("Architecture", "", StringComparison.Ordinal);

    public IEstimator<ITransformer> Trainer(LearningTask task, RegularizationRecipe recipe, int epochs) =>
        EveryTask.Trainer(new MLContext(seed: 2), task, Options(recipe, epochs));

    public NeuralNetworkOptions Options(RegularizationRecipe recipe, int epochs) => new()
    {
        Architecture = Architecture,
        Recipe = recipe,
        FeatureColumnName = FeatureColumnName,
        CategoricalColumnNames = CategoricalColumnNames,
        MaxEpochs = epochs,
        BatchSize = 16,
        LearningRate = LearningRate,
    };

    public override string ToString() => $"{Architecture} on {string.Join(" and ", CategoricalColumnNames.Prepend(FeatureColumnName ?? "nothing"))}";
}
