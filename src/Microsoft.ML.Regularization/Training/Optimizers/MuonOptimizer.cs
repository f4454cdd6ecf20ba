using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Muon (Jordan et al., "Muon: an optimizer for hidden layers in neural networks", 2024): the step of a hidden layer's matrix is the orthogonal matrix next to
/// its momentum, so that it moves all directions alike, also those that few rows ask for. With <c>m = Momentum * m + (1 - Momentum) g</c> and
/// <c>u = Momentum * m + (1 - Momentum) g</c>, <see cref="Iterations"/> of Newton and Schulz bring the singular values of <c>u / |u|</c> near 1, and
/// <c>W = W - lr * MatrixRate * sqrt(max(1, rows / columns)) * u</c>. All other parameters, among them tables, embeddings of numbers, biases, the output
/// layer and matrices of 1024 columns and more, take the steps of <see cref="AdamOptimizer"/>.
/// </summary>
/// <remarks>
/// The learning rate is Adam's, and weight decay and L1 follow it for all parameters. Where a layer divides its weights by the root of its inputs, as
/// <see cref="RealMlpArchitecture"/> does, the step is multiplied by it. The iterations of a square matrix of d columns cost <c>5 d / rows</c> of what the
/// layer itself costs in a step, with five of them and so many rows in a batch, members counted: little for <see cref="TabMArchitecture"/>, several times the
/// whole step for other networks in small batches. It was found to help <see cref="TabMArchitecture"/> with numbers, not with classes, and to do harm at the
/// learning rates of <see cref="RealMlpArchitecture"/>: docs/tables-measured.md has the figures.
/// </remarks>
[UnionCase("muon")]
public sealed record MuonOptimizer : Optimizer
{
    /// <summary>The share of the running mean of gradients that remains, at least 0 (the gradient itself) and below 1 (it never moves). Default: 0.95.</summary>
    public double Momentum { get; init; } = 0.95;

    /// <summary>Iterations of Newton and Schulz, from 1 (singular values stay far apart) to 20. Default: 5.</summary>
    public int Iterations { get; init; } = 5;

    /// <summary>The learning rate of hidden matrices as a multiple of the learning rate, from 0.001 to 1000. Default: 8.</summary>
    public double MatrixRate { get; init; } = 8;

    /// <summary>Of Adam: decay rate of the running mean of the gradient, at least 0 (the gradient itself) and below 1 (it never moves). Default: 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>
    /// Of Adam: decay rate of the running mean of the squared gradient, at least 0 (the square itself) and below 1 (it never moves). Default: 0.999.
    /// </summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Of Adam: constant added to the root of the mean square, from 1e-30 to 1. Default: 1E-08.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>The rule of all other parameters.</summary>
    internal AdamOptimizer Others => new() { Beta1 = Beta1, Beta2 = Beta2, Epsilon = Epsilon };

    internal override int StatesPerWeight => 2;

    /// <summary>Matrices of as many columns or more take Adam's steps.</summary>
    internal const int MostColumns = 1024;

    internal override bool CanMissSteps => false;

    internal override void Validate(IExceptionContext context)
    {
        context.CheckFromZeroToBelowOne(Momentum, $"{nameof(Optimizer)}.{nameof(Momentum)}");
        context.CheckBetween(Iterations, $"{nameof(Optimizer)}.{nameof(Iterations)}", 1, 20);
        context.CheckBetween(MatrixRate, $"{nameof(Optimizer)}.{nameof(MatrixRate)}", 0.001, 1000);
        Others.Validate(context);
    }

    internal override ParameterUpdate CreateUpdate(FlatParameters parameters, WeightShrinkage shrinkage) => new MuonUpdate(this, parameters, shrinkage);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"Muon, momentum {Momentum}, {Iterations} iterations, matrix rate {MatrixRate}; else {Others}");
}
