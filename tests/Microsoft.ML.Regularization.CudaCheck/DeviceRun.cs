using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.CudaCheck;

/// <summary>A fit on one device, and what came of it.</summary>
/// <param name="Losses">The training loss of each epoch.</param>
/// <param name="Weights">The model's.</param>
/// <param name="Scores">Of the training rows, class by class.</param>
/// <param name="RowsPerSecond">Of the middle epoch behind the first.</param>
internal sealed record DeviceRun(IReadOnlyList<double> Losses, IReadOnlyList<NetworkTensor> Weights, IReadOnlyList<float> Scores, double RowsPerSecond)
{
    /// <param name="options">Of the training.</param>
    /// <param name="rows">What is trained on.</param>
    /// <param name="gpu">The graphics processor, from 0; null for the processor.</param>
    public static DeviceRun Of(NeuralNetworkOptions options, IReadOnlyList<CheckRow> rows, int? gpu)
    {
        var ml = new MLContext(seed: 1) { GpuDeviceId = gpu, FallbackToCpu = false };
        var view = ml.Data.LoadFromEnumerable(rows);
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(view);
        var epochs = model.Model.History.Epochs;
        var seconds = epochs.Skip(1).Select(epoch => epoch.Seconds).Order().ToList();
        var scores = model.Transform(view).GetColumn<float[]>("Score").SelectMany(row => row).ToList();
        return new(
            [.. epochs.Select(epoch => epoch.TrainingLoss)], [.. model.Model.Weights], scores, rows.Count / seconds[seconds.Count / 2]);
    }
}
