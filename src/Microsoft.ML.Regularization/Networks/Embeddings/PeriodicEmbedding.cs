using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Each number x becomes <c>(x, W2 cos(2 pi w1 x + b1) + b2)</c>, 4 numbers through 16 frequencies with weights of its own: periodic, bias, linear, densely
/// connected (Holzmüller, Grinsztajn and Steinwart, "Better by default: strong pre-tuned MLPs and boosted trees on tabular data", 2024). Parameters: 83 for
/// each number of more than two values. Its weights learn at a tenth of the learning rate.
/// </summary>
[UnionCase("periodic")]
public sealed record PeriodicEmbedding : NumericalEmbedding
{
    /// <summary>
    /// Standard deviation of the initial frequencies w1, from 0.001 to 100: small values capture the broad trend of a number, large values its details, and
    /// overfit. Default: 0.1.
    /// </summary>
    public double FrequencyDeviation { get; init; } = 0.1;

    internal override int VectorSize => PeriodicEmbeddingLayer.Size;

    internal override double WeightsOfNumber =>
        2 * PeriodicEmbeddingLayer.Frequencies + (PeriodicEmbeddingLayer.Size - 1) * (PeriodicEmbeddingLayer.Frequencies + 1);

    internal override void Validate(IExceptionContext context) =>
        context.CheckBetween(FrequencyDeviation, $"{nameof(NumericalEmbedding)}.{nameof(FrequencyDeviation)}", 0.001, 100);

    // Its layer has the paper's rate in any network.
    internal override nn.Module<Tensor, Tensor> CreateLayer(int numbers, double rate, NetworkBuilder builder) =>
        new PeriodicEmbeddingLayer(numbers, FrequencyDeviation, builder);

    internal override NumberEmbeddingDescription Describe(string name, int numbers, double rate) => new PeriodicDescription(name, numbers);

    internal override NumberVectors Read(TrainedParts parts, NumberEmbeddingDescription description) =>
        new PeriodicVectors(parts.Context, parts.Weights, (PeriodicDescription)description);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"periodic embedding of deviation {FrequencyDeviation}");
}
