using System.Text.Json.Nodes;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Training;

/// <summary>The content of a checkpoint file.</summary>
/// <param name="Description">The identity of the run, and its numbers.</param>
/// <param name="Tensors">The run's arrays.</param>
internal sealed record CheckpointContent(JsonObject Description, IReadOnlyCollection<CheckpointTensor> Tensors);
