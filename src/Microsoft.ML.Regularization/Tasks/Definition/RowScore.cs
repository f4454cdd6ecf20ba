using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Writes the score of a row.</summary>
internal delegate void RowScore<TScore>(in VBuffer<float> features, ref TScore score);
