using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// A denoising autoencoder with swap noise: each cell of a table takes with probability <see cref="SwapRate"/> the value that another row of the batch has there, and
/// the network tells for each cell whether that happened, and what stood there (Vincent, Larochelle, Bengio and Manzagol, "Extracting and composing robust features
/// with denoising autoencoders", 2008; with the cells that were changed as a second question Yoon, Zhang, Jordon and van der Schaar, "VIME: extending the success of
/// self- and semi-supervised learning to tabular domain", 2020).
/// </summary>
/// <remarks>
/// The loss is the mean over the cells of a row: half the squared error of a number on the network's scale, the cross entropy of a category, and
/// <see cref="DetectionWeight"/> times the cross entropy of whether the cell was changed. Numbers that were missing are not asked for. A number and whether it was
/// missing are swapped together.
/// </remarks>
[UnionCase("denoising")]
public sealed record DenoisingTask : PretextTask
{
    private const int MostValues = 1 << 16;

    /// <summary>The probability that a cell is swapped, above 0 (hardly anything to do) and below 1 (hardly anything to tell it by). Default: 0.3.</summary>
    public double SwapRate { get; init; } = 0.3;

    /// <summary>How much it counts to tell which cells were swapped, at least 0 (it is not asked). Default: 1.</summary>
    public double DetectionWeight { get; init; } = 1;

    internal override bool NeedsTwoRows => true;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"denoising of swap noise {SwapRate}, detection weight {DetectionWeight}");

    internal override void Validate(IExceptionContext context)
    {
        context.CheckInsideZeroOne(SwapRate, $"{Option}.{nameof(SwapRate)}");
        context.CheckAtLeast(DetectionWeight, $"{Option}.{nameof(DetectionWeight)}", 0);
    }

    internal override string? WhyNot(NetworkArchitecture architecture) => TableBodies.WhyNot(architecture);

    internal override NetworkArchitecture WithHead(NetworkArchitecture architecture) => TableBodies.WithHead(architecture);

    internal override Pretext Create(PretextRows rows)
    {
        if (rows.Input.Categories.FirstOrDefault(category => category.Values > MostValues) is { } large)
        {
            throw Contracts.ExceptUserArg(
                large.ColumnName, $"Column '{large.ColumnName}' has {large.Values} values: to tell which of more than {MostValues} stood there takes too many outputs. Take PretextTask.Contrast, or hash it to fewer.");
        }

        return new DenoisingPretext(rows, this);
    }
}
