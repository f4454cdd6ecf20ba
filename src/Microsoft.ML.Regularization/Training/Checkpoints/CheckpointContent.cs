using System.Text.Json.Nodes;

namespace Microsoft.ML.Regularization;

/// <summary>What a checkpoint file holds.</summary>
/// <param name="Description">Whose run it is, and the run's numbers.</param>
/// <param name="Tensors">The run's arrays.</param>
internal sealed record CheckpointContent(JsonObject Description, IReadOnlyCollection<CheckpointTensor> Tensors);
