using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>A function from a row to the network's outputs, for one thread.</summary>
/// <param name="source">The row's numbers.</param>
/// <param name="outputs">Receives the outputs.</param>
internal delegate void RowScorer(in VBuffer<float> source, Span<float> outputs);
