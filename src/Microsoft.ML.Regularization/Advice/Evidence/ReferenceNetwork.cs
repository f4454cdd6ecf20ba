using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>A plain perceptron of the same columns, which tells what can be learned from rows in a second or two.</summary>
internal static class ReferenceNetwork
{
    // Few rows take no longer than a thousand.
    private const int Epochs = 60;

    /// <summary>Trains it; null where the network reads no table, or the rows are too few.</summary>
    /// <param name="host">Shows progress.</param>
    /// <param name="ml">Makes trainers.</param>
    /// <param name="parts">The model.</param>
    /// <param name="prepared">Training rows as the network's trainer gets them.</param>
    /// <param name="options">The label, the seed, and what ends it.</param>
    public static ITransformer? Train(IHost host, MLContext ml, ModelParts parts, IDataView prepared, DiagnosisOptions options)
    {
        var input = parts.Network.Input;
        if (!options.UsesReference || input.Image is not null || input.Steps > 0 || input.Text is not null)
            return null;
        using var channel = host.Start("Reference");
        channel.Info("A plain perceptron is trained, to tell what can be learned from the training rows.");
        var trainer = new NeuralNetworkOptions
        {
            LabelColumnName = options.LabelColumnName,
            FeatureColumnName = parts.FeatureColumnName,
            CategoricalColumnNames = [.. input.Categories.Select(category => category.ColumnName)],
            Architecture = new MlpArchitecture(),
            MaxEpochs = Epochs,
            Seed = options.Seed,
            CancellationToken = options.CancellationToken,
        };
        return TaskTrainers.Make(ml, parts.Network.Task, trainer).Fit(prepared);
    }
}
