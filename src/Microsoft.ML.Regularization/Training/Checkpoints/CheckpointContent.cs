using System.Text.Json.Nodes;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Training;

/// <summary>What a checkpoint file holds.</summary>
/// <param name="Description">Whose run it is, and the run's numbers.</param>
/// <param name="Tensors">The run's arrays.</param>
internal sealed record CheckpointContent(JsonObject Description, IReadOnlyCollection<CheckpointTensor> Tensors);
