using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Each number x becomes <c>x w + b + V c(x)</c>, a vector of <see cref="Size"/> functions that are linear between the edges of <see cref="Bins"/> bins. The
/// code c(x) has a number for each bin: 1 where x lies behind it, 0 where x lies before it, and within it the share that x has passed (Gorishniy, Rubachev and
/// Babenko, "On embeddings for numerical features in tabular deep learning", 2022; with the linear part and V starting at 0, so that training starts from straight
/// lines: Gorishniy, Kotelnikov and Babenko, "TabM: advancing tabular deep learning with parameter-efficient ensembling", 2025).
/// </summary>
/// <remarks>
/// Edges are learned from the training rows before the first step and are a part of the model: values that many rows share are edges, the others are quantiles
/// of the remaining rows. A number with fewer different values has fewer bins. Below the first and above the last edge the lines go on for 10 widths of
/// the outer bins at most, so that a value far outside of all training rows has a bounded effect. Parameters: <c>Size * (Bins + 2)</c> for each number of more than two values; w and b
/// start uniform within <c>1 / sqrt(Size)</c>. They are not decayed, but in <see cref="RealMlpArchitecture"/> as its own embedding is.
/// </remarks>
[UnionCase("piecewiseLinear")]
public sealed record PiecewiseLinearEmbedding : NumericalEmbedding
{
    /// <summary>Pieces of a number's range, from 1 (a straight line) to 1024 (the finest detail, which few rows cannot fill). Default: 48.</summary>
    public int Bins { get; init; } = 48;

    /// <summary>Size of the vector that a number becomes, from 1 (one function of it) to 256. Default: 16.</summary>
    public int Size { get; init; } = 16;

    internal override int VectorSize => Size;

    internal override double WeightsOfNumber => Size * (Bins + 2.0);

    internal override int BinCount => Bins;

    internal override void Validate(IExceptionContext context)
    {
        context.CheckBetween(Bins, $"{nameof(NumericalEmbedding)}.{nameof(Bins)}", 1, 1024);
        context.CheckBetween(Size, $"{nameof(NumericalEmbedding)}.{nameof(Size)}", 1, 256);
    }

    internal override nn.Module<Tensor, Tensor> CreateLayer(int numbers, double rate, NetworkBuilder builder) =>
        new PiecewiseLinearEmbeddingLayer(numbers, this, rate, builder);

    internal override NumberEmbeddingDescription Describe(string name, int numbers, double rate) => new PiecewiseLinearDescription(name, numbers, Bins, Size, rate);

    internal override NumberVectors Read(TrainedParts parts, NumberEmbeddingDescription description) =>
        new PiecewiseLinearVectors(parts.Context, parts.Weights, (PiecewiseLinearDescription)description);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"piecewise linear embedding of {Bins} bins and size {Size}");
}
