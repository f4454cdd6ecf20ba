namespace Microsoft.ML.Regularization.Tests;

/// <summary>Requests for the inputs of networks that are trained with the defaults.</summary>
internal static class InputRequests
{
    public static InputRequest Of(string? featureColumnName, NetworkArchitecture? architecture = null) =>
        new(featureColumnName, TrainingMemory.Of(architecture ?? new MlpArchitecture(), Optimizer.Adam(), batchSize: 64, rows: null));
}
