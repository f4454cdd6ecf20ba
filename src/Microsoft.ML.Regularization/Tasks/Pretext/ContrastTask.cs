using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Contrast of rows: each row, and the same row after each cell has taken with probability <see cref="SwapRate"/> the value of another row of the batch, should come to
/// the same place, apart from all other rows (Bahri, Jiang, Tay and Metzler, "SCARF: self-supervised contrastive learning using random feature corruption", 2022).
/// </summary>
/// <remarks>
/// With z and z' of length 1, what the network makes of the rows and of the changed ones, the loss is that of InfoNCE, the mean over rows i of
/// <c>-log(exp(z_i z'_i / t) / sum_k exp(z_i z'_k / t))</c>. Large batches have more rows to tell apart. The paper draws values of all training rows, here they are of
/// the same batch; and where it has two hidden layers in front of z, here there is one.
/// </remarks>
[UnionCase("contrast")]
public sealed record ContrastTask : PretextTask
{
    /// <summary>The probability that a cell is swapped, above 0 (both rows are the same) and below 1 (they have nothing in common). Default: 0.6, as published.</summary>
    public double SwapRate { get; init; } = 0.6;

    /// <summary>What similarities are divided by, t, above 0: small ones look at the nearest rows alone. Default: 1, as published.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Numbers of z, from 2 to 65536. Default: 64.</summary>
    public int Size { get; init; } = 64;

    internal override bool NeedsTwoRows => true;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"contrast of swap noise {SwapRate}, temperature {Temperature}, size {Size}");

    internal override void Validate(IExceptionContext context)
    {
        context.CheckInsideZeroOne(SwapRate, $"{Option}.{nameof(SwapRate)}");
        context.CheckAbove(Temperature, $"{Option}.{nameof(Temperature)}", 0);
        context.CheckBetween(Size, $"{Option}.{nameof(Size)}", 2, 65536);
    }

    internal override string? WhyNot(NetworkArchitecture architecture) => TableBodies.WhyNot(architecture);

    internal override NetworkArchitecture WithHead(NetworkArchitecture architecture) => TableBodies.WithHead(architecture);

    internal override Pretext Create(PretextRows rows) => new ContrastPretext(rows, this);
}
